import type { Connection, Result } from '../../../driver/connection.ts';

/** A row of the information schema: every cell as text, absent for null. */
export type Row = readonly (string | undefined)[];

/** The rows of a catalog query. */
export async function readRows(
  connection: Connection,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const { rows }: Result = await connection.run({ sql }, values);
  return rows.map((row) => row.map((cell) => (cell === null ? undefined : cellText(cell))));
}

/** Rows by the table in their first cell. */
export function byTable(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, ([table = '']) => table);
}

function cellText(cell: unknown): string {
  return Buffer.isBuffer(cell) ? cell.toString('utf8') : String(cell);
}
