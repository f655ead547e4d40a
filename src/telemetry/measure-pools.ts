import { openDatabases, poolsOf, type NamedPool, type OpenDatabase } from '../database/open-databases.ts';
import type { ReplicaMetrics } from '../database/replica/replica.ts';
import type { PoolEvent } from '../driver/pool/pool-event.ts';
import { onPoolEvent } from './listen.ts';
import type {
  Histogram,
  InstrumentOptions,
  Meter,
  Observable,
  ObservableCallback,
  ObservableResult,
} from './open-telemetry-api.ts';
import { secondsBuckets } from './seconds.ts';

/** Records what connections cost and how many there are. Gives back what ends it. */
export function measurePools(meter: Meter): () => void {
  const stops = [...observePools(meter), ...observeReplicas(meter), timeConnections(meter)];
  return () => {
    for (const stop of stops) stop();
  };
}

const poolName = 'db.client.connection.pool.name';
const connections = '{connection}';

function observePools(meter: Meter): readonly (() => void)[] {
  const upDown = (name: string, options: InstrumentOptions, see: (seen: Seen) => void): (() => void) => {
    const observable = meter.createObservableUpDownCounter(`db.client.connection.${name}`, options);
    return observeEach(observable, see);
  };
  const timeouts = meter.createObservableCounter('db.client.connection.timeouts', {
    description: 'Callers that waited too long for a connection.',
    unit: '{timeout}',
  });
  return [
    upDown('count', { description: 'Connections by state.', unit: connections }, ({ pool, result }) => {
      const { idle, inUse } = pool.metrics;
      result.observe(idle, { [poolName]: pool.name, 'db.client.connection.state': 'idle' });
      result.observe(inUse, { [poolName]: pool.name, 'db.client.connection.state': 'used' });
    }),
    upDown(
      'limit',
      { description: 'Connections that may be open.', unit: connections },
      ({ pool, result, database }) => {
        if (Number.isFinite(database.limit)) result.observe(database.limit, { [poolName]: pool.name });
      },
    ),
    upDown(
      'idle.max',
      { description: 'Connections that are kept.', unit: connections },
      ({ pool, result, database }) => {
        result.observe(database.size, { [poolName]: pool.name });
      },
    ),
    upDown('pending_requests', { description: 'Callers in line.', unit: '{request}' }, ({ pool, result }) => {
      result.observe(pool.metrics.waiting, { [poolName]: pool.name });
    }),
    observeEach(timeouts, ({ pool, result }) => result.observe(pool.metrics.timeouts, { [poolName]: pool.name })),
  ];
}

interface Seen {
  readonly result: ObservableResult;
  readonly database: OpenDatabase;
  readonly pool: NamedPool;
}

function observeEach(observable: Observable, see: (seen: Seen) => void): () => void {
  return observe(observable, (result) => {
    for (const database of openDatabases()) for (const pool of poolsOf(database)) see({ result, database, pool });
  });
}

function observeReplicas(meter: Meter): readonly (() => void)[] {
  const lag = meter.createObservableGauge('rowhouse.replica.lag', {
    description: 'How far a replica is behind its primary.',
    unit: 's',
  });
  const isRead = meter.createObservableGauge('rowhouse.replica.used', {
    description: 'Whether a replica is read from: 1 or 0.',
    unit: '1',
  });
  return [
    observe(lag, (result) => {
      for (const { where, lagMs } of openReplicas())
        if (lagMs !== undefined) result.observe(lagMs / 1000, { [poolName]: where });
    }),
    observe(isRead, (result) => {
      for (const { where, state } of openReplicas()) result.observe(state === 'used' ? 1 : 0, { [poolName]: where });
    }),
  ];
}

function openReplicas(): readonly ReplicaMetrics[] {
  return openDatabases().flatMap((database) => database.metrics().replicas ?? []);
}

function observe(observable: Observable, callback: ObservableCallback): () => void {
  observable.addCallback(callback);
  return () => observable.removeCallback(callback);
}

function timeConnections(meter: Meter): () => void {
  const histogram = (name: string, description: string): Histogram =>
    meter.createHistogram(`db.client.connection.${name}`, {
      description,
      unit: 's',
      advice: { explicitBucketBoundaries: [...secondsBuckets] },
    });
  const createTime = histogram('create_time', 'Time it took to open a connection.');
  const waitTime = histogram('wait_time', 'Time a caller waited for a connection.');
  const useTime = histogram('use_time', 'Time a caller kept a connection.');
  const timed = (event: PoolEvent): readonly [Histogram, number] | undefined => {
    switch (event.kind) {
      case 'opened':
        return [createTime, event.tookMs];
      case 'taken':
        return [waitTime, event.waitedMs];
      case 'returned':
        return [useTime, event.heldMs];
      case 'connect-failed':
      case 'lost':
      case 'closed':
      case 'exhausted':
        return undefined;
    }
  };
  return onPoolEvent(({ pool, event }) => {
    const [times, ms] = timed(event) ?? [];
    if (times !== undefined && ms !== undefined) times.record(ms / 1000, { [poolName]: pool });
  });
}
