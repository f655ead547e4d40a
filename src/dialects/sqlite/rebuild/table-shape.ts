import type { ParsedConstraint } from '../inspect/parse-constraint.ts';
import { parseTable, type ParsedColumn } from '../inspect/parse-table.ts';
import { tokenize, isWord, unquote } from '../inspect/tokens.ts';
import { cutTable } from './table-text.ts';
import { foldName } from './fold-name.ts';

/** What the text of a `create table` says, whole. */
export interface TableShape {
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly ParsedColumn[];
  readonly constraints: readonly ParsedConstraint[];
  readonly strict: boolean;
  readonly withoutRowid: boolean;
  readonly autoincrement: boolean;
  /** The column that is another name of the row's number. */
  readonly rowNumber?: string;
}

/** Reads the text of a `create table` as `sqlite_schema` keeps it. */
export function tableShape(sql: string): TableShape {
  const { columns, constraints } = parseTable(sql);
  const { options } = cutTable(sql);
  const withoutRowid = options.has('rowid');
  const rowNumber = withoutRowid ? undefined : rowNumberColumn(columns, constraints);
  return {
    name: tableName(sql),
    sql,
    columns,
    constraints,
    strict: options.has('strict'),
    withoutRowid,
    autoincrement: constraints.some((found) => found.kind === 'primary-key' && found.autoincrement),
    ...(rowNumber === undefined ? {} : { rowNumber }),
  };
}

export function findColumn({ columns }: Pick<TableShape, 'columns'>, name: string): ParsedColumn | undefined {
  return columns.find((column) => foldName(column.name) === foldName(name));
}

/** A lone key of the type `integer` is the row's number, except one written `primary key desc` on its column. */
function rowNumberColumn(
  columns: readonly ParsedColumn[],
  constraints: readonly ParsedConstraint[],
): string | undefined {
  const key = constraints.find((constraint) => constraint.kind === 'primary-key');
  const [term, ...more] = key?.terms ?? [];
  if (term === undefined || more.length > 0 || (key?.inline === true && term.descending)) return undefined;
  const column = findColumn({ columns }, term.name ?? term.text);
  return column?.type.toLowerCase() === 'integer' ? column.name : undefined;
}

function tableName(sql: string): string {
  const tokens = tokenize(sql);
  const name = tokens[tokens.findIndex((token) => isWord(token, '(')) - 1];
  return name === undefined ? '' : unquote(name);
}
