import type { Change } from '../../catalog/change/change.ts';
import { same } from '../../catalog/diff/same.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import type { Column } from '../../catalog/model/column.ts';
import type { Expression, ExpressionPart } from '../../catalog/model/expression.ts';
import { displayName, sameName, type ObjectName } from '../../catalog/model/object-name.ts';
import { findColumn, type Table } from '../../catalog/model/table.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { getTable } from './get-table.ts';

/** A column that gets another name: for a while there are both, kept in step. */
export interface ColumnMove {
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
}

/** The new column beside the old one: without a default, so that an insert which leaves it out is told from one which does not. */
export function addBeside({ table: name, from, to }: ColumnMove, catalog: Catalog): Change {
  const table = getTable(name, catalog);
  const column = findColumn(table, from);
  const reason =
    column === undefined ? 'is not there' : whyUnmovable({ table: name, from, to }, column, table, catalog);
  if (column === undefined || reason !== undefined) throw unmovable({ table: name, from, to }, reason ?? '');
  const { default: _, ...plain } = column;
  return { kind: 'add-column', table: name, column: { ...plain, name: to, nullable: true } };
}

/** The last changes of expand: writes are carried over from now on, then rows that are there get their value. */
export function keepBoth({ table, from, to }: ColumnMove): readonly Change[] {
  return [
    { kind: 'keep-in-step', table, from, to },
    {
      kind: 'backfill',
      table,
      set: { [to]: { parts: [column(from)] } },
      where: { parts: [column(to), text(' is null and '), column(from), text(' is not null')] },
    },
  ];
}

/** The new column becomes what it is to be. */
export function settle({ table, to }: ColumnMove, live: Catalog, target: Catalog): readonly Change[] {
  const wanted = findColumn(getTable(table, target), to);
  const now = findColumn(getTable(table, live), to);
  return wanted === undefined || same(now, wanted) ? [] : [{ kind: 'alter-column', table, column: wanted }];
}

/** The last changes of contract. On the way back the old column gets its values from the new one. */
export function letGo({ table, from, to }: ColumnMove, live: Catalog): readonly Change[] {
  const old = findColumn(getTable(table, live), from);
  return [
    ...(old === undefined || old.nullable || old.default !== undefined
      ? []
      : [{ kind: 'alter-column', table, column: { ...old, nullable: true } } as const]),
    {
      kind: 'keep-values',
      backfill: { table, set: { [from]: { parts: [column(to)] } }, where: differs(from, to) },
    },
    { kind: 'stop-in-step', table, from, to },
    { kind: 'park-column', table, column: from },
  ];
}

/** What numbers or identifies rows cannot be there twice. */
function whyUnmovable(
  { table: name, from }: ColumnMove,
  { identity, generated }: Column,
  { primaryKey }: Table,
  { tables, sequences }: Catalog,
): string | undefined {
  const isReferred = tables.some(({ foreignKeys }) =>
    foreignKeys.some(({ references }) => sameName(references, name) && references.columns.includes(from)),
  );
  const isFed = sequences.some(
    ({ ownedBy }) => ownedBy !== undefined && sameName(ownedBy.table, name) && ownedBy.column === from,
  );
  if (primaryKey?.columns.includes(from) === true) return 'is part of the primary key';
  if (isReferred) return 'is what foreign keys refer to';
  if (identity !== undefined || isFed) return 'is numbered by the database';
  return generated === undefined ? undefined : 'is computed by the database';
}

function unmovable({ table, from, to }: ColumnMove, reason: string): RowhouseError {
  const path = `${displayName(table)}.${from}`;
  return new RowhouseError('PLAN_REFUSED', `${path} ${reason}, so it cannot become ${to} while old code runs`, {
    details: { table: displayName(table), column: from, to },
    hint: 'leave --phased out and stop the old code first, or keep the name',
  });
}

function differs(a: string, b: string): Expression {
  const mysql = [text('not ('), column(a), text(' <=> '), column(b), text(')')];
  return {
    parts: [column(a), text(' is distinct from '), column(b)],
    variants: { mysql, mariadb: mysql, sqlite: [column(a), text(' is not '), column(b)] },
  };
}

function column(name: string): ExpressionPart {
  return { kind: 'name', name };
}

function text(words: string): ExpressionPart {
  return { kind: 'text', text: words };
}
