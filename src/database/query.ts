import { emptyCatalog } from '../catalog/model/catalog.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Result } from '../driver/connection.ts';
import { compileSql } from '../sql/compile-sql.ts';
import type { SqlFragment } from '../sql/sql.ts';
import type { QueryOptions, Session } from './session.ts';
import { plainStatement, type SessionContext } from './session-context.ts';

/** Runs a hand-written fragment on a session. */
export async function runFragment(
  session: Session,
  context: SessionContext,
  fragment: SqlFragment,
  options: QueryOptions | undefined,
): Promise<Result> {
  const { sql, values } = compileSql(fragment, context.dialect.text);
  const statement = options?.bigintRows === true ? { sql, bigintRows: true } : plainStatement(sql);
  return await session.run(statement, values.map(context.encodePlain), options);
}

/** The rows of a result as objects, each column decoded if its type is known. */
export function toObjects<Row extends object>(
  dialect: Dialect,
  { rows, fields }: Result,
  types: QueryOptions['types'],
): readonly Row[] {
  const columns = fields.map((name) => {
    const type = types?.[name];
    return { name, codec: type === undefined ? undefined : dialect.types.codec(type, emptyCatalog) };
  });
  return rows.map((row) => {
    const object: Record<string, unknown> = {};
    for (const [position, { name, codec }] of columns.entries()) {
      const cell = row[position];
      object[name] = codec === undefined || cell === null ? cell : codec.decode(cell);
    }
    return object as Row;
  });
}
