import type { Connection } from '../../../driver/connection.ts';

/** The rows of a catalog query as objects: the server makes the JSON, so that names, arrays and nulls arrive as such. */
export async function readRows<T>(
  connection: Connection,
  sql: string,
  values: readonly unknown[],
): Promise<readonly T[]> {
  const { rows } = await connection.run({ sql: `select row_to_json(r)::text from (${sql}) r` }, values);
  return rows.map(([json]) => JSON.parse(json as string) as T);
}
