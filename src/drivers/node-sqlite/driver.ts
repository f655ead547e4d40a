import { statSync } from 'node:fs';
import type { Connection } from '../../driver/connection.ts';
import type { Driver } from '../../driver/driver.ts';
import { importOptional } from '../../driver/import-optional.ts';
import { SqliteConnection, type SqliteDatabase } from '../../driver/sqlite-connection.ts';
import { sqlAggregates } from '../../driver/sqlite-aggregates.ts';
import { sqlFunctions } from '../../driver/sqlite-functions.ts';
import { sqliteOptions, sqliteSettings } from '../../driver/sqlite-options.ts';
import type { Target } from '../../driver/target.ts';
import type { NodeSqliteDatabase, NodeSqliteLibrary } from './library.ts';
import { NodeSqlitePrepared } from './statement.ts';

/** The driver over `node:sqlite`, or undefined where this Node has none. */
export async function loadNodeSqliteDriver(): Promise<Driver | undefined> {
  const library = await importOptional('node:sqlite');
  return library === undefined ? undefined : createNodeSqliteDriver(library as NodeSqliteLibrary);
}

/** The driver over the module `node:sqlite`. */
export function createNodeSqliteDriver(library: NodeSqliteLibrary): Driver {
  return {
    name: 'node:sqlite',
    async connect(target: Target): Promise<Connection> {
      return connect(library, target);
    },
  };
}

function connect(library: NodeSqliteLibrary, target: Target): Connection {
  const options = sqliteOptions(target, 'node:sqlite');
  if (options.mustExist) refuseMissing(target.database);
  const database = new library.DatabaseSync(target.database, {
    readOnly: options.readOnly,
    timeout: options.busyTimeoutMs,
    enableForeignKeyConstraints: true,
  });
  try {
    database.exec(sqliteSettings(options));
    for (const { name, deterministic, body } of sqlFunctions) {
      // Not direct-only: checks and indexes of the schema call them.
      database.function(name, { deterministic, directOnly: false }, body);
    }
    for (const { name, step } of sqlAggregates) {
      database.aggregate(name, { start: null, step, useBigIntArguments: true });
    }
    return new SqliteConnection(adapt(database));
  } catch (error) {
    database.close();
    throw error;
  }
}

function adapt(database: NodeSqliteDatabase): SqliteDatabase {
  return {
    prepare: (statement) => new NodeSqlitePrepared(database, statement),
    exec: (sql) => database.exec(sql),
    define: (name, body) => database.function(name, { deterministic: false, directOnly: true }, body),
    close: () => database.close(),
    translate: (error) => error,
  };
}

/** The library cannot open for writing without making the file. */
function refuseMissing(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  throw Object.assign(new Error('unable to open database file'), { errcode: 14 });
}
