import type { Replication } from '../../dialect/replication.ts';
import type { Connection } from '../../driver/connection.ts';

/** Replication with transaction identifiers: a position is the set of those that were executed. */
export const mysqlReplication: Replication = replicationBy({
  position: 'select @@global.gtid_executed',
  // Sets of intervals per server, over several lines when there are many servers.
  shape: /^[0-9a-fA-F-]{36}(?::[\w-]+)+(?:,\s*[0-9a-fA-F-]{36}(?::[\w-]+)+)*$/,
  look: 'select gtid_subset(?, @@global.gtid_executed)',
  wait: 'select wait_for_executed_gtid_set(?, ?) = 0',
});

export interface ReplicationWords {
  /** One row, one text cell; empty where the server keeps no identifiers. */
  readonly position: string;
  readonly shape: RegExp;
  /** One row, one cell: 1 when the position of the only value is reached. */
  readonly look: string;
  /** The same after waiting for as many seconds as the second value says. */
  readonly wait: string;
}

/** What MySQL and MariaDB do alike: the server itself waits. */
export function replicationBy({ position, shape, look, wait }: ReplicationWords): Replication {
  return {
    onlyReads: 'set session transaction read only',
    async position(connection) {
      const cell = await onlyCell(connection, position, []);
      return typeof cell === 'string' && cell !== '' ? cell.replaceAll(/\s/g, '') : undefined;
    },
    isPosition: (text) => shape.test(text),
    async hasReached(connection, wanted, withinMs) {
      const cell =
        withinMs > 0
          ? await onlyCell(connection, wait, [wanted, withinMs / 1000])
          : await onlyCell(connection, look, [wanted]);
      return Number(cell) === 1;
    },
  };
}

async function onlyCell(connection: Connection, sql: string, values: readonly unknown[]): Promise<unknown> {
  return (await connection.run({ sql }, values)).rows[0]?.[0];
}
