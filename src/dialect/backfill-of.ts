import type { Transition } from '../catalog/change/transition.ts';
import { findTable, type Catalog } from '../catalog/model/catalog.ts';
import type { Expression } from '../catalog/model/expression.ts';
import { displayName } from '../catalog/model/object-name.ts';
import { findColumn, type Table } from '../catalog/model/table.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Backfill, BackfillKey, BackfillKeyColumn, DefinitionStatement } from './definition.ts';
import { printExpression } from './print-expression.ts';
import type { SqlText } from './sql-text.ts';

type BackfillChange = Extract<Transition, { kind: 'backfill' }>;

/** What an engine adds to a backfill. */
export interface BackfillSpelling {
  readonly text: SqlText;
  readonly variants: readonly string[];
  /** The column of a key, with the type to cast its values to where that is needed. */
  readonly keyColumn: (table: Table, column: string) => BackfillKeyColumn;
  /** How rows are passed that have no key. Absent: they cannot be. */
  readonly withoutKey?: (name: string) => BackfillKey;
}

/** The statement that fills in rows batch by batch; its SQL is what that amounts to. */
export function backfillStatement(
  change: BackfillChange,
  before: Catalog,
  spelling: BackfillSpelling,
): DefinitionStatement {
  const table = tableBefore(change, before);
  const { text, variants } = spelling;
  const print = (expression: Expression): string => printExpression(expression, text, variants);
  const name = [table.namespace, table.name].flatMap((part) => (part === undefined ? [] : text.name(part))).join('.');
  const set = Object.entries(change.set)
    .map(([column, value]) => `${text.name(column)} = ${print(value)}`)
    .join(', ');
  const where = print(change.where);
  const backfill: Backfill = {
    table: change.table,
    name,
    set,
    where,
    key: keyOf(table, name, spelling),
    ...batchRows(change),
  };
  return {
    sql: `update ${name} set ${set} where ${where}`,
    transactional: false,
    class: 'data',
    segment: 'alone',
    repeatable: true,
    note: 'fills in rows batch by batch, each in a transaction of its own; as a script it is one statement',
    backfill,
  };
}

const defaultRows = 1_000;

/** Twenty times as many are still few enough for a lock that nobody notices, where they are written in time. */
function batchRows({ batchRows: given }: BackfillChange): Pick<Backfill, 'batchRows' | 'mostRows'> {
  if (given === undefined) return { batchRows: defaultRows, mostRows: 20 * defaultRows };
  return { batchRows: given, mostRows: given };
}

function keyOf(table: Table, name: string, { keyColumn, withoutKey }: BackfillSpelling): BackfillKey {
  const isNeverNull = (column: string): boolean => findColumn(table, column)?.nullable === false;
  const columns =
    table.primaryKey?.columns ?? table.uniques.find((unique) => unique.columns.every(isNeverNull))?.columns;
  if (columns !== undefined) return { by: 'columns', columns: columns.map((column) => keyColumn(table, column)) };
  if (withoutKey !== undefined) return withoutKey(name);
  throw new RowhouseError('CAPABILITY_MISSING', `the rows of ${displayName(table)} have no key to fill them in by`, {
    details: { table: displayName(table) },
    hint: 'give the table a primary key, or a unique key over columns that are not null',
  });
}

function tableBefore({ table: name }: BackfillChange, before: Catalog): Table {
  const table = findTable(before, name);
  if (table !== undefined) return table;
  throw new RowhouseError('CHANGE_INVALID', `there is no table ${displayName(name)}`, {
    details: { table: displayName(name) },
  });
}
