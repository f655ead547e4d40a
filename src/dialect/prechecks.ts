import { displayName, type ObjectName } from '../catalog/model/object-name.ts';
import type { ForeignKey } from '../catalog/model/constraint.ts';
import type { Precheck } from './definition.ts';
import type { SqlText } from './sql-text.ts';

/** The table whose rows are asked about, and the columns by which they are named. */
export interface CheckedTable {
  readonly table: ObjectName;
  /** The columns of its primary key; none: rows are only counted. */
  readonly key: readonly string[];
}

/** Rows without a value in a column that must have one. */
export function nullRows(text: SqlText, checked: CheckedTable, column: string): Precheck {
  return rows(text, checked, `t.${text.name(column)} is null`, `have no ${column}`, column);
}

/** Rows that a new column must have a value in, and that nothing gives one. */
export function rowsToFill(text: SqlText, checked: CheckedTable, column: string): Precheck {
  const remedy = {
    up: 'give the column a default, or add it with .null(), fill it, and require it in a later revision',
    down: 'make a new revision that adds the column with a default, or with .null()',
  };
  return { ...rows(text, checked, '1 = 1', `have no value for ${column}, which must have one`, column), remedy };
}

/** Rows of which a condition does not hold. `condition` is SQL about the columns of the table. */
export function violatingRows(text: SqlText, checked: CheckedTable, condition: string, check: string): Precheck {
  return rows(text, checked, `not (${condition})`, `break ${check}`);
}

/** Rows that a constraint does not allow beside others. `condition` is SQL that is true of them; `t` is the table. */
export function unlikeRows(text: SqlText, checked: CheckedTable, condition: string, constraint: string): Precheck {
  return rows(text, checked, condition, `are not alone under ${constraint}`);
}

/** Rows whose value another type could not hold. `condition` is SQL that is true of them. */
export function unfitRows(text: SqlText, checked: CheckedTable, condition: string, column: string): Precheck {
  return rows(text, checked, condition, `have a value of ${column} that does not fit`, column);
}

/** Rows that have one of these values. */
export function rowsWithValue(
  text: SqlText,
  checked: CheckedTable,
  column: string,
  values: readonly string[],
): Precheck {
  const list = values.map((value) => text.literal(value)).join(', ');
  const condition = `t.${text.name(column)} in (${list})`;
  return rows(text, checked, condition, `have a value of ${column} that goes`, column);
}

/** Rows that share their values with another row where they must be unique. Rows with a null share nothing. */
export function duplicateRows(text: SqlText, checked: CheckedTable, columns: readonly string[]): Precheck {
  const names = columns.map((column) => text.name(column)).join(', ');
  const table = tableName(text, checked.table);
  const pairs = columns.map((column) => `d.${text.name(column)} = t.${text.name(column)}`).join(' and ');
  const duplicates = `(select ${names} from ${table} group by ${names} having count(*) > 1)`;
  const condition = `exists (select 1 from ${duplicates} d where ${pairs})`;
  const column = columns.length === 1 ? columns[0] : undefined;
  return rows(text, checked, condition, `are not alone with their ${columns.join(', ')}`, column);
}

/** Rows that refer to a row that is not there: a key of which a part is null refers to none. */
export function orphanRows(
  text: SqlText,
  checked: CheckedTable,
  { columns, references }: Pick<ForeignKey, 'columns' | 'references'>,
): Precheck {
  const present = columns.map((column) => `t.${text.name(column)} is not null`).join(' and ');
  const pairs = columns.map((column, n) => `o.${text.name(references.columns[n] ?? '')} = t.${text.name(column)}`);
  const parents = `select 1 from ${tableName(text, references)} o where ${pairs.join(' and ')}`;
  const column = columns.length === 1 ? columns[0] : undefined;
  const ask = (condition: string): Precheck =>
    rows(text, checked, condition, `refer to no row of ${displayName(references)}`, column);
  return {
    ...ask(`${present} and not exists (${parents})`),
    whileNew: { table: references, sql: ask(present).sql },
  };
}

/** Rows that no value can be found for. `condition` is SQL that is true of them. */
export function unfilledRows(text: SqlText, checked: CheckedTable, condition: string, column: string): Precheck {
  return rows(text, checked, condition, `have no ${column} to come back to`, column);
}

/** Counted no further than this: what is in the way by the thousand is not mended one by one. */
const most = 1000;

function rows(
  text: SqlText,
  { table, key }: CheckedTable,
  condition: string,
  problem: string,
  column?: string,
): Precheck {
  const keys = key.map((name) => `t.${text.name(name)}`).join(', ');
  const found = `select ${keys === '' ? '1 as found' : keys} from ${tableName(text, table)} t where ${condition} limit ${most}`;
  const named = key.map((name) => `, r.${text.name(name)}`).join('');
  const sql = `select count(*) over ()${named} from (${found}) r limit 10`;
  return { sql, key, table, problem, ...(column === undefined ? {} : { column }) };
}

function tableName(text: SqlText, { namespace, name }: ObjectName): string {
  return namespace === undefined ? text.name(name) : `${text.name(namespace)}.${text.name(name)}`;
}
