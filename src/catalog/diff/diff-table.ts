import type { Change } from '../change/change.ts';
import type { ForeignKey } from '../model/constraint.ts';
import type { Table } from '../model/table.ts';
import { compareMembers, nameOf, type Compared } from './members.ts';
import { same } from './same.ts';

/** What differs between two states of one table, by when it must happen around other tables. */
export interface TableDiff {
  /** Keys that refer elsewhere, before anything that they rely on goes. */
  readonly droppedForeignKeys: readonly Change[];
  /** What columns and keys are in, before they go. */
  readonly drops: readonly Change[];
  readonly columns: readonly Change[];
  /** What stands on columns, once they are there. */
  readonly members: readonly Change[];
  /** Keys that refer elsewhere, once that is there. */
  readonly foreignKeys: readonly Change[];
  /** Last, once nothing names them. */
  readonly droppedColumns: readonly Change[];
}

/** The changes that make `from` equal `to`, one for each difference; column order is none. `isCut`: keys that must not stand meanwhile. */
export function diffTable(from: Table, to: Table, isCut: (key: ForeignKey) => boolean): TableDiff {
  const table = nameOf(to);
  const columns = compareMembers(from.columns, to.columns);
  const uniques = compareMembers(from.uniques, to.uniques);
  const checks = compareMembers(from.checks, to.checks);
  const indexes = compareMembers(from.indexes, to.indexes);
  return {
    ...foreignKeyChanges(from, to, isCut),
    drops: [
      ...indexes.gone.map(({ name }): Change => ({ kind: 'drop-index', table, name })),
      ...uniques.gone.map(({ name }): Change => ({ kind: 'drop-unique', table, name })),
      ...checks.gone.map(({ name }): Change => ({ kind: 'drop-check', table, name })),
    ],
    columns: [
      ...columns.fresh.map((column): Change => ({ kind: 'add-column', table, column })),
      ...columns.changed.map(({ after }): Change => ({ kind: 'alter-column', table, column: after })),
    ],
    members: [
      ...primaryKeyChange(from, to),
      ...inTwo(
        uniques,
        (unique): Change => ({ kind: 'alter-unique', table, unique }),
        (unique): Change => ({ kind: 'add-unique', table, unique }),
      ),
      ...inTwo(
        checks,
        (check): Change => ({ kind: 'alter-check', table, check }),
        (check): Change => ({ kind: 'add-check', table, check }),
      ),
      ...inTwo(
        indexes,
        (index): Change => ({ kind: 'alter-index', table, index }),
        (index): Change => ({ kind: 'create-index', table, index }),
      ),
      ...tableChanges(from, to),
    ],
    droppedColumns: columns.gone.map(({ name }): Change => ({ kind: 'drop-column', table, column: name })),
  };
}

function inTwo<T>(
  { changed, fresh }: Compared<T>,
  alter: (member: T) => Change,
  add: (member: T) => Change,
): readonly Change[] {
  return [...changed.map(({ after }) => alter(after)), ...fresh.map((member) => add(member))];
}

function primaryKeyChange(from: Table, to: Table): readonly Change[] {
  if (same(from.primaryKey, to.primaryKey)) return [];
  return [{ kind: 'set-primary-key', table: nameOf(to), primaryKey: to.primaryKey ?? null }];
}

function tableChanges(from: Table, to: Table): readonly Change[] {
  const table = nameOf(to);
  return [
    ...(from.comment === to.comment
      ? []
      : [{ kind: 'set-table-comment', table, comment: to.comment ?? null } satisfies Change]),
    ...(same(from.options ?? {}, to.options ?? {})
      ? []
      : [{ kind: 'set-table-options', table, options: to.options ?? {} } satisfies Change]),
  ];
}

function foreignKeyChanges(
  from: Table,
  to: Table,
  isCut: (key: ForeignKey) => boolean,
): Pick<TableDiff, 'droppedForeignKeys' | 'foreignKeys'> {
  const table = nameOf(to);
  const { gone, fresh, changed } = compareMembers(from.foreignKeys, to.foreignKeys);
  const cut = from.foreignKeys.filter((key) => isCut(key) && !gone.includes(key));
  const again = to.foreignKeys.filter(({ name }) => cut.some((key) => key.name === name));
  return {
    droppedForeignKeys: [...gone, ...cut].map(({ name }) => ({ kind: 'drop-foreign-key', table, name })),
    foreignKeys: [
      ...changed
        .filter(({ after }) => !again.includes(after))
        .map(({ after }): Change => ({ kind: 'alter-foreign-key', table, foreignKey: after })),
      ...[...fresh, ...again].map((foreignKey): Change => ({ kind: 'add-foreign-key', table, foreignKey })),
    ],
  };
}
