import type { RunOptions, Session } from '../../../database/session.ts';
import type { Result } from '../../../driver/connection.ts';
import type { CopiedColumn, TableCopy, TableSide } from '../plan/copy-plan.ts';

export interface ReadOptions extends Pick<RunOptions, 'signal' | 'idempotent'> {
  readonly batchRows: number;
}

/** The source's rows in the order of their key, from behind `after` on; in no order without a key. */
export function readInOrder(
  session: Session,
  { from, key }: TableCopy,
  after: readonly unknown[] | undefined,
  { batchRows, signal, idempotent }: ReadOptions,
): AsyncIterable<Result['rows']> {
  const { queries } = session.dialect;
  const columns = key.flatMap((place) => from.columns[place] ?? []);
  const order = columns.map(({ name, type }) => queries.orderTerm(queries.comparable(name, type), 'asc', false));
  const seek = after === undefined ? undefined : seekBehind(session, columns, after);
  const sql =
    selectAll(from) +
    (seek === undefined ? '' : ` where ${seek.sql}`) +
    (order.length === 0 ? '' : ` order by ${order.join(', ')}`);
  return session.stream(statement(sql, from), seek?.values ?? [], { batchRows, signal, idempotent });
}

/** All rows of one side in no order. */
export function readAll(
  session: Session,
  side: TableSide,
  { batchRows, signal, idempotent }: ReadOptions,
): AsyncIterable<Result['rows']> {
  return session.stream(statement(selectAll(side), side), [], { batchRows, signal, idempotent });
}

export async function countRows(session: Session, { table }: TableSide): Promise<number> {
  const { rows } = await session.run({ sql: `select count(*) from ${table}` }, [], { idempotent: true });
  return Number(rows[0]?.[0] ?? 0);
}

function selectAll({ table, columns }: TableSide): string {
  return `select ${columns.map(({ name }) => name).join(', ')} from ${table}`;
}

function statement(sql: string, { columns }: TableSide): { sql: string; bigintRows: boolean } {
  return { sql, bigintRows: columns.some(({ type }) => type.kind === 'bigint') };
}

/** `a >= x and (a > x or (a = x and b > y))`: the first term is what an index on the key can use. */
function seekBehind(
  { dialect }: Session,
  columns: readonly CopiedColumn[],
  after: readonly unknown[],
): { readonly sql: string; readonly values: readonly unknown[] } {
  const { queries, text } = dialect;
  const values: unknown[] = [];
  const compare = (place: number, operator: string): string => {
    const column = columns[place];
    if (column === undefined) return '1 = 0';
    values.push(column.codec.encode(after[place]));
    const parameter = queries.parameter(text.placeholder(values.length), column.type);
    return `${queries.comparable(column.name, column.type)} ${operator} ${parameter}`;
  };
  const behind = (place: number): string => {
    const beyond = compare(place, '>');
    return place === columns.length - 1 ? beyond : `${beyond} or (${compare(place, '=')} and (${behind(place + 1)}))`;
  };
  const first = columns.length > 1 ? `${compare(0, '>=')} and ` : '';
  return { sql: `${first}(${behind(0)})`, values };
}
