import type { Change } from '../change/change.ts';
import { displayName, type ObjectName } from '../model/object-name.ts';
import type { Table } from '../model/table.ts';
import { canonicalJson } from '../snapshot/canonical-json.ts';

/** What differs between two states of one table, in the order in which it must happen around other tables. */
export interface TableDiff {
  readonly drops: readonly Change[];
  readonly columns: readonly Change[];
  readonly additions: readonly Change[];
  /** Differences that no change expresses yet, as sentences. */
  readonly obstacles: readonly string[];
}

interface Named {
  readonly name: string;
}

/** The changes that make `from` equal `to`; column order is no difference. A member that changed is dropped and made anew. */
export function diffTable(from: Table, to: Table): TableDiff {
  const table: ObjectName = to.namespace === undefined ? { name: to.name } : { namespace: to.namespace, name: to.name };
  const foreignKeys = compare(from.foreignKeys, to.foreignKeys);
  const indexes = compare(from.indexes, to.indexes);
  const uniques = compare(from.uniques, to.uniques);
  const checks = compare(from.checks, to.checks);
  const columns = compare(from.columns, to.columns);
  return {
    drops: [
      ...foreignKeys.removed.map(({ name }): Change => ({ kind: 'drop-foreign-key', table, name })),
      ...indexes.removed.map(({ name }): Change => ({ kind: 'drop-index', table, name })),
      ...uniques.removed.map(({ name }): Change => ({ kind: 'drop-unique', table, name })),
      ...checks.removed.map(({ name }): Change => ({ kind: 'drop-check', table, name })),
      ...columns.gone.map(({ name }): Change => ({ kind: 'drop-column', table, column: name })),
    ],
    columns: columns.fresh.map((column): Change => ({ kind: 'add-column', table, column })),
    additions: [
      ...uniques.added.map((unique): Change => ({ kind: 'add-unique', table, unique })),
      ...checks.added.map((check): Change => ({ kind: 'add-check', table, check })),
      ...indexes.added.map((index): Change => ({ kind: 'create-index', table, index })),
      ...foreignKeys.added.map((foreignKey): Change => ({ kind: 'add-foreign-key', table, foreignKey })),
    ],
    obstacles: [
      ...columns.changed.map(({ name }) => `column ${displayName(table)}.${name} changed`),
      ...(columns.gone.length > 0 && columns.fresh.length > 0
        ? [possibleRename(table, columns.gone, columns.fresh)]
        : []),
      ...(canonicalJson(from.primaryKey) === canonicalJson(to.primaryKey)
        ? []
        : [`the primary key of ${displayName(table)} changed`]),
      ...(from.comment === to.comment ? [] : [`the comment of ${displayName(table)} changed`]),
      ...(canonicalJson(from.options) === canonicalJson(to.options)
        ? []
        : [`the options of ${displayName(table)} changed`]),
    ],
  };
}

interface Compared<T> {
  readonly gone: readonly T[];
  readonly fresh: readonly T[];
  readonly changed: readonly T[];
  /** Gone, and the old form of what changed. */
  readonly removed: readonly T[];
  /** Fresh, and the new form of what changed. */
  readonly added: readonly T[];
}

function compare<T extends Named>(from: readonly T[], to: readonly T[]): Compared<T> {
  const find = (members: readonly T[], { name }: Named): T | undefined =>
    members.find((member) => member.name === name);
  const gone = from.filter((member) => find(to, member) === undefined);
  const fresh = to.filter((member) => find(from, member) === undefined);
  const changed = to.filter((member) => {
    const before = find(from, member);
    return before !== undefined && canonicalJson(before) !== canonicalJson(member);
  });
  const names = new Set(changed.map(({ name }) => name));
  return {
    gone,
    fresh,
    changed,
    removed: [...gone, ...from.filter(({ name }) => names.has(name))],
    added: [...fresh, ...changed],
  };
}

function possibleRename(table: ObjectName, gone: readonly Named[], fresh: readonly Named[]): string {
  const list = (members: readonly Named[]): string => members.map(({ name }) => name).join(', ');
  return `${displayName(table)} loses ${list(gone)} and gains ${list(fresh)}: a rename, or a drop and a new column?`;
}
