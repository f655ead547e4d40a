import { createPool } from '../driver/pool/create-pool.ts';
import type { Pool } from '../driver/pool/pool.ts';
import type { PoolSettings } from '../driver/pool/pool-settings.ts';
import type { Connector } from './connector.ts';
import { poolChannel, type DiagnosticSource, type PoolMessage } from './diagnostics.ts';

/** A pool of connections to one server, which tells the pool's channel what it does. */
export function poolOf(connector: Connector, settings: PoolSettings, source: DiagnosticSource, purpose = ''): Pool {
  const pool = connector.where + purpose;
  return createPool(async () => await connector.connect(), settings, {
    isHeard: () => poolChannel.hasSubscribers,
    onEvent: (event) => {
      if (poolChannel.hasSubscribers) poolChannel.publish({ source, pool, event } satisfies PoolMessage);
    },
  });
}
