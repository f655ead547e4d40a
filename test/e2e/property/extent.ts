import type { TestServer } from '../../../src/testing/describe-each-server.ts';

/** One server of each kind, and the PostgreSQL from which on `not null` is a constraint with a name. */
export const servers = ['postgresql-15', 'postgresql-18', 'mysql-9.7', 'mariadb', 'sqlite-node'] as const;

/** So many that both cores of a small machine are busy for less than a minute with all tests of the folder. */
const usual: Readonly<Record<string, number>> = { postgresql: 15, mysql: 40, mariadb: 40, sqlite: 100 };

/** How many random cases a test tries: `ROWHOUSE_SEQUENCES` of them on every server, where it is set. */
export function sequences({ engine }: TestServer): number {
  return Number(process.env['ROWHOUSE_SEQUENCES'] ?? usual[engine]);
}
