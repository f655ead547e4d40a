import type { ServerFacts } from '../../dialect/dialect.ts';
import type { Connection } from '../../driver/connection.ts';

/** What the server says of itself: its version and whether it is part of a cluster that has no locks by name. */
export async function readFacts(connection: Connection): Promise<ServerFacts> {
  const { rows } = await connection.run({ sql: question }, []);
  const settings = Object.fromEntries(rows.map(([name, value]) => [String(name).toLowerCase(), String(value)]));
  const group = settings['group_replication_group_name'] ?? '';
  return {
    version: connection.serverVersion,
    settings: { ...settings, group_replication: group === '' ? 'OFF' : 'ON' },
  };
}

const question =
  "show global variables where variable_name in ('wsrep_on', 'group_replication_group_name', 'lower_case_table_names')";

/** Is the server a node of a Galera cluster? */
export function isGalera({ settings }: ServerFacts): boolean {
  return (settings['wsrep_on'] ?? 'OFF') !== 'OFF';
}

/** Does this version text belong to MariaDB? Everything else on the wire protocol counts as MySQL. */
export function isMariadb(version: string): boolean {
  return version.toLowerCase().includes('mariadb');
}
