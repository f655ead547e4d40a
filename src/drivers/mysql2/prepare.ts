import type { MysqlClient, MysqlPrepared } from './library.ts';

/**
 * The statement, prepared now or kept from before. The server ignores values that have no placeholder, so they are
 * counted here.
 */
export async function prepare(client: MysqlClient, sql: string, valueCount: number): Promise<MysqlPrepared> {
  const { promise, resolve, reject } = Promise.withResolvers<MysqlPrepared>();
  client.prepare({ sql }, (error, statement) => {
    if (error === null && statement !== undefined) resolve(statement);
    else reject(error ?? new Error('the server prepared nothing'));
  });
  const prepared = await promise;
  const { length } = prepared.parameters;
  if (length === valueCount) return prepared;
  throw Object.assign(new Error(`the statement has ${length} placeholders and got ${valueCount} values`), {
    code: 'ER_WRONG_ARGUMENTS',
    errno: 1210,
  });
}
