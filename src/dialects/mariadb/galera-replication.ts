import { pollPosition } from '../../dialect/poll-position.ts';
import type { Replication } from '../../dialect/replication.ts';
import type { Connection } from '../../driver/connection.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/**
 * The nodes of a cluster: a position is the cluster and the number of a write set in it, the same on every node. Nobody
 * waits in the server: its functions take identifiers that only the session of the write knows.
 */
export const galeraReplication: Replication = {
  onlyReads: 'set session transaction read only',
  async position(connection) {
    const { cluster, applied } = await readState(connection);
    return `${cluster}:${applied}`;
  },
  isPosition: (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:\d{1,19}$/.test(text),
  async hasReached(connection, wanted, withinMs) {
    const [cluster, writeSet = ''] = wanted.split(':');
    return await pollPosition(async () => {
      const state = await readState(connection);
      return state.cluster === cluster && state.applied >= BigInt(writeSet);
    }, withinMs);
  },
};

interface NodeState {
  readonly cluster: string;
  /** The last write set that can be seen. */
  readonly applied: bigint;
}

const question =
  "show global status where variable_name in ('wsrep_ready', 'wsrep_local_state_uuid', 'wsrep_last_committed')";

/** Refuses a server that is no node, which does not heal by itself, and a node without its cluster, which does. */
async function readState(connection: Connection): Promise<NodeState> {
  const { rows } = await connection.run({ sql: question }, []);
  const status = new Map(rows.map(([name, value]) => [String(name).toLowerCase(), String(value)]));
  const cluster = status.get('wsrep_local_state_uuid') ?? '';
  if (cluster === '') {
    throw new RowhouseError('CONFIG_CONFLICT', 'the primary is a node of a cluster, and the replica is none', {
      hint: 'name nodes of the same cluster as replicas; how far another server is behind a cluster cannot be told',
    });
  }
  if (status.get('wsrep_ready') !== 'ON') {
    throw new RowhouseError('SERVER_UNAVAILABLE', 'the node has lost its cluster, or is still joining it');
  }
  return { cluster, applied: BigInt(status.get('wsrep_last_committed') ?? '-1') };
}
