import type { TestServer } from '../../../src/testing/describe-each-server.ts';

/** One server of each kind, and the PostgreSQL from which on `not null` is a constraint with a name. */
export const servers = ['postgresql-15', 'postgresql-18', 'mysql-9.7', 'mariadb', 'sqlite-node'] as const;

/**
 * How many random cases a test tries. On servers fewer, so that all tests of the folder end within some minutes;
 * `ROWHOUSE_SEQUENCES=1000` tries as many everywhere.
 */
export function sequences({ engine }: TestServer): number {
  const said = process.env['ROWHOUSE_SEQUENCES'];
  if (said !== undefined) return Number(said);
  return engine === 'sqlite' ? 100 : 15;
}
