import { createPool } from '../driver/pool/create-pool.ts';
import type { Pool } from '../driver/pool/pool.ts';
import { defaultPoolSettings, type PoolSettings } from '../driver/pool/pool-settings.ts';
import type { Target } from '../driver/target.ts';
import { openConnector, type Connector, type ConnectorOptions } from './connector.ts';
import type { Database } from './database.ts';
import { poolChannel, type DiagnosticSource, type PoolMessage } from './diagnostics.ts';
import { echoPool, echoQueries, stderrLogger } from './echo.ts';
import type { Logger } from './logger.ts';
import { plainEncoder } from './plain-value.ts';
import { PooledDatabase } from './pooled-database.ts';
import { defaultRetries, type RetrySettings } from './retry.ts';
import type { SessionContext } from './session-context.ts';

export interface OpenOptions extends ConnectorOptions {
  /** A replica to read from. */
  readonly readTarget?: Target | undefined;
  readonly pool?: Partial<PoolSettings> | undefined;
  readonly retries?: Partial<RetrySettings> | undefined;
  /** The time one statement may take, unless its transaction says otherwise. */
  readonly statementTimeoutMs?: number | undefined;
  /** A commit whose answer takes longer than this, 30 s unless said, is looked up over another connection. */
  readonly commitTimeoutMs?: number | undefined;
  readonly logger?: Logger | undefined;
  /** Log every statement, without its values. */
  readonly echo?: boolean | undefined;
  /** Log what the pool does. */
  readonly echoPool?: boolean | undefined;
}

/** Connects to a database. Fails with the reason when the server does not answer or refuses us. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const settings = { ...defaultPoolSettings, ...options.pool };
  const primary = await openConnector(options);
  const source = { id: (lastId += 1), where: primary.where };
  const pools = primaryPools(primary, options.target, settings, source);
  const context = contextFor(options, primary, source, pools);
  await keepFirst(pools.write);
  const replica = await openReplica(options, settings, source, pools);
  return new PooledDatabase({
    context,
    readContext: { ...context, readers: replica ?? context.readers, readOnly: true },
    pools: { ...pools, ...(replica && { replica }) },
    onClose: startEcho(options, source),
  });
}

let lastId = 0;

type PrimaryPools = { readonly write: Pool; readonly read?: Pool };

/**
 * An engine with one writer at a time gets a pool of one for writing: who writes waits in our line and not inside the
 * engine, which would hold up the whole process. A database in memory is its one connection.
 */
function primaryPools(
  connector: Connector,
  target: Target,
  settings: PoolSettings,
  source: DiagnosticSource,
): PrimaryPools {
  const one = { ...settings, size: 1, overflow: 0, disabled: false };
  if (isInMemory(target)) return { write: poolOf(connector, { ...one, recycleMs: 0, prePing: false }, source) };
  if (connector.dialect.traits.concurrentWriters) return { write: poolOf(connector, settings, source) };
  return { write: poolOf(connector, one, source), read: poolOf(connector, settings, source) };
}

async function openReplica(
  options: OpenOptions,
  settings: PoolSettings,
  source: DiagnosticSource,
  opened: PrimaryPools,
): Promise<Pool | undefined> {
  const target = options.readTarget;
  if (target === undefined) return undefined;
  try {
    const pool = poolOf(await openConnector({ ...options, target }), settings, source);
    await keepFirst(pool);
    return pool;
  } catch (error) {
    await Promise.all([opened.write.close(), opened.read?.close()]);
    throw error;
  }
}

/** The connection that was opened to learn the dialect becomes the pool's first. */
async function keepFirst(pool: Pool): Promise<void> {
  const first = await pool.acquire();
  first.release();
}

function poolOf(connector: Connector, settings: PoolSettings, source: DiagnosticSource): Pool {
  return createPool(async () => await connector.connect(), settings, {
    onEvent: (event) => {
      if (poolChannel.hasSubscribers) poolChannel.publish({ source, event } satisfies PoolMessage);
    },
  });
}

function contextFor(
  options: OpenOptions,
  { dialect }: Connector,
  source: DiagnosticSource,
  { write, read = write }: PrimaryPools,
): SessionContext {
  return {
    dialect,
    source,
    writers: write,
    rescuers: write,
    readers: read,
    readOnly: false,
    retries: { ...defaultRetries, ...options.retries },
    statementTimeoutMs: dialect.traits.statementTimeout ? options.statementTimeoutMs : undefined,
    commitTimeoutMs: options.commitTimeoutMs ?? 30_000,
    inMemory: isInMemory(options.target),
    encodePlain: plainEncoder(dialect),
    logger: options.logger,
  };
}

function isInMemory({ database }: Target): boolean {
  return database === ':memory:';
}

function startEcho(options: OpenOptions, source: DiagnosticSource): () => void {
  const logger = options.logger ?? stderrLogger;
  const stops = [
    ...(options.echo === true ? [echoQueries(source, logger)] : []),
    ...(options.echoPool === true ? [echoPool(source, logger)] : []),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
