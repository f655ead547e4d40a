import type { Dialect } from '../../../src/dialect/dialect.ts';
import { createMariadbDialect } from '../../../src/dialects/mariadb/dialect.ts';
import { createMysqlDialect } from '../../../src/dialects/mysql/dialect.ts';
import { createPostgresDialect } from '../../../src/dialects/postgres/dialect.ts';
import { createSqliteDialect } from '../../../src/dialects/sqlite/dialect.ts';

/** A current server of each engine, as far as rules need one. */
export const lintDialects: readonly Dialect[] = [
  createPostgresDialect({ version: '18.0', settings: {} }),
  createMysqlDialect({ version: '9.7.0', settings: {} }),
  createMariadbDialect({ version: '11.8.0-MariaDB', settings: {} }),
  createSqliteDialect({ version: '3.53.0', settings: {} }),
];

/** The dialect that goes by the name. */
export function lintDialect(name: string): Dialect {
  const found = lintDialects.find((dialect) => dialect.name === name);
  if (found === undefined) throw new Error(`no dialect ${name}`);
  return found;
}
