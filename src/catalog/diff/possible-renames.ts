import { tableFinder, type Catalog } from '../model/catalog.ts';
import type { Column } from '../model/column.ts';
import { displayName } from '../model/object-name.ts';
import type { Table } from '../model/table.ts';
import { compareMembers, compareObjects, nameOf } from './members.ts';
import type { Rename } from './rename.ts';
import { typeFamily } from './type-family.ts';

/** Something that is gone while something like it is new: a rename, or a drop? */
export interface PossibleRename {
  /** `table`, `column`, `enum value` or `sequence`. */
  readonly what: string;
  /** As a person and a hints file say it: `auth_user`, `auth_user.nickname`. */
  readonly gone: string;
  /** One for each new thing that it could have become. */
  readonly renames: readonly Rename[];
}

/** Every drop between two catalogs that could be half of a rename; the names in `drops` are none. */
export function possibleRenames(from: Catalog, to: Catalog, drops: readonly string[]): readonly PossibleRename[] {
  const find = tableFinder(from);
  return [
    ...tableRenames(from, to),
    ...to.tables.flatMap((table) => {
      const before = find(table);
      return before === undefined ? [] : columnRenames(before, table);
    }),
    ...enumValueRenames(from, to),
    ...sequenceRenames(from, to),
  ].filter(({ gone, renames }) => renames.length > 0 && !drops.includes(gone));
}

function tableRenames(from: Catalog, to: Catalog): readonly PossibleRename[] {
  const { gone, fresh } = compareObjects(from.tables, to.tables);
  return gone.map((old) => ({
    what: 'table',
    gone: displayName(old),
    renames: fresh
      .filter((table) => (table.namespace === old.namespace || table.name === old.name) && isAlike(old, table))
      .map((table): Rename =>
        table.namespace === old.namespace
          ? { kind: 'rename-table', table: nameOf(old), to: table.name }
          : { kind: 'move-object', of: 'table', object: nameOf(old), to: nameOf(table) },
      ),
  }));
}

/** At least half of the columns are there under the same name: two tables that share less are hardly one. */
function isAlike(old: Table, table: Table): boolean {
  const shared = old.columns.filter((column) =>
    table.columns.some((other) => other.name === column.name && typeFamily(other.type) === typeFamily(column.type)),
  );
  return shared.length * 2 >= Math.max(old.columns.length, table.columns.length);
}

function columnRenames(before: Table, after: Table): readonly PossibleRename[] {
  const { gone, fresh } = compareMembers(before.columns, after.columns);
  const table = nameOf(after);
  return gone.map((old) => ({
    what: 'column',
    gone: `${displayName(table)}.${old.name}`,
    renames: fresh
      .filter((column) => couldBe(old, column))
      .map(({ name }) => ({ kind: 'rename-column', table, column: old.name, to: name })),
  }));
}

/** A column that the database computes holds nothing of its own, so it is never the same as one that does. */
function couldBe(old: Column, column: Column): boolean {
  return (
    typeFamily(old.type) === typeFamily(column.type) &&
    (old.generated === undefined) === (column.generated === undefined)
  );
}

function enumValueRenames(from: Catalog, to: Catalog): readonly PossibleRename[] {
  return compareObjects(from.enums, to.enums).changed.flatMap(({ before, after }) => {
    const fresh = after.values.filter((value) => !before.values.includes(value));
    return before.values
      .filter((value) => !after.values.includes(value))
      .map((value) => ({
        what: 'enum value',
        gone: `${displayName(after)}.${value}`,
        renames: fresh.map((name): Rename => ({ kind: 'rename-enum-value', enum: nameOf(after), value, to: name })),
      }));
  });
}

/** A sequence holds the last number that it gave. */
function sequenceRenames(from: Catalog, to: Catalog): readonly PossibleRename[] {
  const { gone, fresh } = compareObjects(from.sequences, to.sequences);
  return gone.map((old) => ({
    what: 'sequence',
    gone: displayName(old),
    renames: fresh
      .filter(({ namespace, name }) => namespace === old.namespace || name === old.name)
      .map((sequence): Rename =>
        sequence.namespace === old.namespace
          ? { kind: 'rename-sequence', sequence: nameOf(old), to: sequence.name }
          : { kind: 'move-object', of: 'sequence', object: nameOf(old), to: nameOf(sequence) },
      ),
  }));
}
