import type { Connection } from '../../driver/connection.ts';
import type { Driver } from '../../driver/driver.ts';
import { importOptional } from '../../driver/import-optional.ts';
import { SqliteConnection, type SqliteDatabase } from '../../driver/sqlite-connection.ts';
import { sqlAggregates } from '../../driver/sqlite-aggregates.ts';
import { sqlFunctions } from '../../driver/sqlite-functions.ts';
import { sqliteOptions, sqliteSettings } from '../../driver/sqlite-options.ts';
import type { Target } from '../../driver/target.ts';
import type { BetterSqlite3Database, BetterSqlite3Library } from './library.ts';
import { withResultCode } from './result-code.ts';
import { BetterSqlite3Prepared } from './statement.ts';

/** The driver over the package `better-sqlite3`, or undefined where it is not installed. */
export async function loadBetterSqlite3Driver(): Promise<Driver | undefined> {
  const library = await importOptional('better-sqlite3');
  if (library === undefined) return undefined;
  return createBetterSqlite3Driver((library as { default: BetterSqlite3Library }).default);
}

/** The driver over a copy of the package `better-sqlite3` that the caller holds. */
export function createBetterSqlite3Driver(library: BetterSqlite3Library): Driver {
  return {
    name: 'better-sqlite3',
    async connect(target: Target): Promise<Connection> {
      try {
        return connect(library, target);
      } catch (error) {
        throw withResultCode(error);
      }
    },
  };
}

function connect(Library: BetterSqlite3Library, target: Target): Connection {
  const options = sqliteOptions(target, 'better-sqlite3');
  const database = new Library(target.database, {
    readonly: options.readOnly,
    fileMustExist: options.mustExist,
    timeout: options.busyTimeoutMs,
  });
  try {
    database.exec(sqliteSettings(options));
    for (const { name, deterministic, body } of sqlFunctions) {
      // Not direct-only: checks and indexes of the schema call them.
      database.function(name, { deterministic, directOnly: false }, body);
    }
    for (const { name, step } of sqlAggregates) {
      database.aggregate(name, { start: null, step, safeIntegers: true });
    }
    return new SqliteConnection(adapt(database));
  } catch (error) {
    database.close();
    throw error;
  }
}

function adapt(database: BetterSqlite3Database): SqliteDatabase {
  return {
    prepare: (statement) => new BetterSqlite3Prepared(database, statement),
    exec: (sql) => void database.exec(sql),
    define: (name, body) => void database.function(name, { deterministic: false, directOnly: true }, body),
    close: () => void database.close(),
    translate: withResultCode,
  };
}
