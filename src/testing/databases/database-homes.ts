import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { DatabaseHome } from '../database/database-home.ts';
import { mysqlHome } from './mysql-home.ts';
import { postgresqlHome } from './postgresql-home.ts';
import { sqliteHome } from './sqlite-home.ts';

/** By URL scheme, without `+driver`. */
const homes: Readonly<Record<string, DatabaseHome>> = {
  postgresql: postgresqlHome,
  postgres: postgresqlHome,
  mysql: mysqlHome,
  mariadb: mysqlHome,
  sqlite: sqliteHome,
};

/** How databases are made where this URL points to. */
export function databaseHome(url: string): DatabaseHome {
  const scheme = engineOf(url);
  const home = homes[scheme];
  if (home !== undefined) return home;
  throw new RowhouseError('ENGINE_UNKNOWN', `no databases can be made on ${scheme === '' ? 'this URL' : scheme}`, {
    details: { scheme, known: Object.keys(homes) },
  });
}

/** The engine a URL names: its scheme without the driver. */
export function engineOf(url: string): string {
  return /^([a-z0-9]+)(?:\+[a-z0-9-]+)?:/i.exec(url)?.[1]?.toLowerCase() ?? '';
}
