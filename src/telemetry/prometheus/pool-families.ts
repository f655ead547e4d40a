import { openDatabases, poolsOf } from '../../database/open-databases.ts';
import type { PoolMetrics } from '../../driver/pool/pool-metrics.ts';
import type { CounterOrGauge, Labels, Sample } from './metric-family.ts';

/** The pools and replicas of this process as they are now. */
export function poolFamilies(): readonly CounterOrGauge[] {
  return [
    { name: 'db_client_connection_count', kind: 'gauge', help: 'Connections by state.', samples: connectionCounts() },
    ofPools('db_client_connection_pending_requests', 'gauge', 'Callers in line.', ({ waiting }) => waiting),
    ofPools('db_client_connection_timeouts', 'counter', 'Callers that waited too long.', ({ timeouts }) => timeouts),
    ofPools('rowhouse_pool_taken', 'counter', 'Connections handed out.', ({ taken }) => taken),
    ofPools('rowhouse_pool_opened', 'counter', 'Connections opened.', ({ opened }) => opened),
    ofPools('rowhouse_pool_closed', 'counter', 'Connections closed.', ({ closed }) => closed),
    ofPools('rowhouse_pool_lost', 'counter', 'Connections whose line died.', ({ lost }) => lost),
    ofPools('rowhouse_pool_connect_failures', 'counter', 'Connections that could not be opened.', (pool) => {
      return pool.connectFailures;
    }),
    {
      ...ofPools('rowhouse_pool_waited_seconds', 'counter', 'Time all callers spent in line.', ({ waitedMs }) => {
        return waitedMs / 1000;
      }),
      unit: 'seconds',
    },
    ...replicaFamilies(),
  ];
}

function connectionCounts(): readonly Sample[] {
  return eachPool((labels, { idle, inUse }) => [
    { labels: { ...labels, db_client_connection_state: 'idle' }, value: idle },
    { labels: { ...labels, db_client_connection_state: 'used' }, value: inUse },
  ]);
}

function ofPools(
  name: string,
  kind: CounterOrGauge['kind'],
  help: string,
  value: (pool: PoolMetrics) => number,
): CounterOrGauge {
  return { name, kind, help, samples: eachPool((labels, pool) => [{ labels, value: value(pool) }]) };
}

/** Two databases of one process may have pools of one name: `database` tells them apart. */
function eachPool(samplesOf: (labels: Labels, pool: PoolMetrics) => readonly Sample[]): readonly Sample[] {
  return openDatabases().flatMap((database) =>
    poolsOf(database).flatMap(({ name, metrics }) =>
      samplesOf({ database: String(database.source.id), db_client_connection_pool_name: name }, metrics),
    ),
  );
}

function replicaFamilies(): readonly CounterOrGauge[] {
  const each = openDatabases().flatMap(({ source, metrics }) => {
    const { replicas = [] } = metrics();
    return replicas.map((replica) => ({ ...replica, labels: { database: String(source.id), replica: replica.where } }));
  });
  const primaries = openDatabases().flatMap(({ source, metrics }) => {
    const { readsOnPrimary } = metrics();
    return readsOnPrimary === undefined ? [] : [{ labels: { database: String(source.id) }, value: readsOnPrimary }];
  });
  return [
    {
      name: 'rowhouse_replica_lag_seconds',
      kind: 'gauge',
      help: 'How far a replica is behind its primary.',
      unit: 'seconds',
      samples: each.flatMap(({ labels, lagMs }) => (lagMs === undefined ? [] : [{ labels, value: lagMs / 1000 }])),
    },
    {
      name: 'rowhouse_replica_used',
      kind: 'gauge',
      help: 'Whether a replica is read from: 1 or 0.',
      samples: each.map(({ labels, state }) => ({ labels, value: state === 'used' ? 1 : 0 })),
    },
    {
      name: 'rowhouse_replica_reads',
      kind: 'counter',
      help: 'Connections that a replica gave for reading.',
      samples: each.map(({ labels, taken }) => ({ labels, value: taken })),
    },
    {
      name: 'rowhouse_reads_on_primary',
      kind: 'counter',
      help: 'Connections of the primary for reading, because no replica was fit.',
      samples: primaries,
    },
  ];
}
