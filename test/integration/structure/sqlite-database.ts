import type { Dialect } from '../../../src/dialect/dialect.ts';
import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import type { StructurePlanner } from '../../../src/dialect/structure-planner.ts';
import type { Connection } from '../../../src/driver/connection.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { openConnection } from '../dialects/open-connection.ts';

export interface SqliteDatabase extends AsyncDisposable {
  readonly url: string;
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly structures: StructurePlanner;
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** The statements that give this database the structure of another. */
  planTo(other: SqliteDatabase): Promise<readonly DefinitionStatement[]>;
}

/** A new database with everything in `sql`, which may name rows before what they refer to. */
export async function sqliteDatabase(server: TestServer, sql: string): Promise<SqliteDatabase> {
  const database = await server.database();
  const opened = await openConnection(database.url);
  const { connection, dialect } = opened;
  const structures = await dialect.structures?.();
  if (structures === undefined) throw new Error('databases of this engine are not compared');
  await connection.script(`pragma foreign_keys = off; ${sql}; pragma foreign_keys = on`);
  return {
    url: database.url,
    connection,
    dialect,
    structures,
    rows: async (query) => (await connection.run({ sql: query }, [])).rows,
    planTo: async (other) =>
      structures.plan(await structures.read(connection), await structures.read(other.connection)),
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

/** Runs statements the way a runner must: in one transaction, in the mode that a rebuild needs. */
export async function runInMode(
  { connection, dialect }: Pick<SqliteDatabase, 'connection' | 'dialect'>,
  statements: readonly DefinitionStatement[],
): Promise<void> {
  const { rebuild } = dialect.sessions;
  if (rebuild === undefined) throw new Error('this engine makes no table anew');
  const mode = statements.some(({ rebuilds }) => rebuilds) ? rebuild : undefined;
  for (const sql of mode?.before ?? []) await connection.script(sql);
  try {
    if (mode !== undefined && Number((await connection.run({ sql: mode.confirm }, [])).rows[0]?.[0]) !== 0)
      throw new Error('references are still on');
    await connection.script('begin immediate');
    for (const { sql } of statements) await connection.script(sql);
    const dangling = mode === undefined ? [] : (await connection.run({ sql: mode.check }, [])).rows;
    if (dangling.length > 0) throw new Error(`${dangling.length} rows would dangle`);
    await connection.script('commit');
  } catch (error) {
    await connection.script('rollback');
    throw error;
  } finally {
    for (const sql of mode?.after ?? []) await connection.script(sql);
  }
}

/** What pragmas say of a database: nothing here is read from the text of a table, nor by the code under test. */
export async function pragmaDump({ rows }: Pick<SqliteDatabase, 'rows'>): Promise<Readonly<Record<string, unknown>>> {
  const tables = await rows(
    `select name, type, wr, strict from pragma_table_list where schema = 'main' and type <> 'shadow' and name not like 'sqlite%' order by name`,
  );
  return {
    tables,
    columns: await rows(
      `select t.name, c.name, upper(c.type), c."notnull", c.dflt_value, c.pk, c.hidden from sqlite_schema t, pragma_table_xinfo(t.name) c where t.type = 'table' and t.name not like 'sqlite%' order by 1, 2`,
    ),
    references: await rows(
      `select t.name, f."table", f."from", f."to", f.on_update, f.on_delete from sqlite_schema t, pragma_foreign_key_list(t.name) f where t.type = 'table' order by 1, 2, 3, 4, 5, 6`,
    ),
    keys: await rows(
      `select t.name, case i.origin when 'c' then i.name end, i."unique", i.origin, i.partial, (select group_concat(x.name || x.desc || x.coll) from pragma_index_xinfo(i.name) x where x.key) from sqlite_schema t, pragma_index_list(t.name) i where t.type = 'table' order by 1, 2, 3, 4, 5, 6`,
    ),
    others: await rows(
      `select type, name, tbl_name, replace(replace(sql, char(10), ' '), '  ', ' ') from sqlite_schema where type in ('view', 'trigger') order by 1, 2`,
    ),
  };
}
