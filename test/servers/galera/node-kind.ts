import { createConnection } from 'mysql2/promise';
import type { ServerKind, ServerPlace } from '../../../src/testing/server/server-kind.ts';
import { mariadb } from '../../../src/testing/servers/mariadb.ts';
import { hasGreeted } from '../../../src/testing/servers/mysql-protocol.ts';

/** The ports of a node, all of 127.0.0.1. */
export interface GaleraPorts {
  readonly clients: number;
  /** Where the nodes talk. */
  readonly group: number;
  /** For the write sets that a node missed. */
  readonly increments: number;
  /** For all files of a node that joins. */
  readonly state: number;
}

export interface GaleraNode {
  readonly cluster: string;
  readonly name: string;
  readonly provider: string;
  readonly ports: GaleraPorts;
  /** The group ports of all nodes. */
  readonly members: readonly number[];
}

/**
 * Seconds until a silent node is dropped: 2 suspected, 5 surely. A node asks the others twice a second, because the
 * provider refuses a suspicion that is shorter than two of its questions.
 */
const patience = [
  'evs.keepalive_period=PT0.5S',
  'evs.inactive_check_period=PT0.5S',
  'evs.suspect_timeout=PT2S',
  'evs.inactive_timeout=PT5S',
];

/** The node that founds the cluster brings the accounts; those that join copy all its files. */
export type GaleraRole = 'founds' | 'joins';

/** MariaDB as one node of a cluster. `onStart` learns its process at once: joining takes seconds. */
export function galeraKind(node: GaleraNode, role: GaleraRole, onStart: (pid: number) => void): ServerKind {
  return {
    ...mariadb,
    startArguments: (place) => [
      ...mariadb.startArguments(place),
      ...clusterArguments(node, place),
      role === 'founds' ? '--wsrep-new-cluster' : '--init-file=',
    ],
    async isReady(place, pid) {
      onStart(pid);
      return await isSynced(place);
    },
  };
}

function clusterArguments(
  { cluster, name, provider, ports, members }: GaleraNode,
  place: ServerPlace,
): readonly string[] {
  const options = [
    `base_port=${ports.group}`,
    `gmcast.listen_addr=tcp://127.0.0.1:${ports.group}`,
    `ist.recv_addr=127.0.0.1:${ports.increments}`,
    'gcache.size=32M',
    'pc.recovery=false', // a node that was killed asks the others, and does not wait for those it remembers
    ...patience,
  ];
  return [
    '--binlog-format=ROW',
    '--innodb-autoinc-lock-mode=2',
    '--wsrep-on=ON',
    `--wsrep-provider=${provider}`,
    `--wsrep-provider-options=${options.join(';')}`,
    `--wsrep-cluster-name=${cluster}`,
    `--wsrep-cluster-address=gcomm://${members.map((port) => `127.0.0.1:${port}`).join(',')}`,
    `--wsrep-node-name=${name}`,
    '--wsrep-node-address=127.0.0.1',
    `--wsrep-node-incoming-address=127.0.0.1:${place.port}`,
    '--wsrep-sst-method=rsync',
    `--wsrep-sst-receive-address=127.0.0.1:${ports.state}`,
    `--wsrep-data-home-dir=${place.dataDirectory}`,
  ];
}

/** A node greets before it has all rows; only `Synced` is ready for clients. */
async function isSynced({ port, password }: ServerPlace): Promise<boolean> {
  if (!(await hasGreeted(port))) return false;
  try {
    const connection = await createConnection({ host: '127.0.0.1', port, user: mariadb.user, password });
    connection.on('error', () => undefined);
    try {
      const [rows] = await connection.query({
        sql: "show global status like 'wsrep_local_state_comment'",
        rowsAsArray: true,
      });
      return JSON.stringify(rows).includes('Synced');
    } finally {
      connection.destroy();
    }
  } catch {
    return false; // it has no accounts yet
  }
}
