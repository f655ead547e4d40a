import type { Pool } from '../driver/pool/pool.ts';
import { defaultPoolSettings, type PoolSettings } from '../driver/pool/pool-settings.ts';
import type { Target } from '../driver/target.ts';
import { AmbientTransaction } from './ambient-transaction.ts';
import { openConnector, type Connector, type ConnectorOptions } from './connector.ts';
import type { Database } from './database.ts';
import type { DiagnosticSource } from './diagnostics.ts';
import { echoPool, echoQueries, echoSlow, stderrLogger } from './echo.ts';
import type { Logger } from './logger.ts';
import { remember } from './open-databases.ts';
import { openReplicas } from './replica/open-replicas.ts';
import type { ReplicaSettings } from './replica/replica-settings.ts';
import { plainEncoder } from './plain-value.ts';
import { poolOf } from './pool-of.ts';
import { PooledDatabase } from './pooled-database.ts';
import { defaultRetries, type RetrySettings } from './retry.ts';
import type { SessionContext } from './session-context.ts';
import { databasePlaces } from './tenant/database-places.ts';
import { namespacePlaces, type PlaceOptions, type TenantPlaces } from './tenant/tenant-places.ts';

export interface OpenOptions extends ConnectorOptions {
  /** Replicas to read from, each in its turn. One that cannot be reached is read from when it can. */
  readonly replicas?: readonly Target[] | undefined;
  readonly replica?: Partial<ReplicaSettings> | undefined;
  readonly pool?: Partial<PoolSettings> | undefined;
  /** Each tenant has a namespace or a database; absent: all share the tables. */
  readonly places?: PlaceOptions | undefined;
  readonly retries?: Partial<RetrySettings> | undefined;
  /** The time one statement may take, unless its transaction says otherwise. */
  readonly statementTimeoutMs?: number | undefined;
  /** A commit whose answer takes longer than this, 30 s unless said, is looked up over another connection. */
  readonly commitTimeoutMs?: number | undefined;
  /** Calls on the database inside the function of a transaction take part in it. */
  readonly ambient?: boolean | undefined;
  readonly logger?: Logger | undefined;
  /** Log every statement, without its values. */
  readonly echo?: boolean | undefined;
  /** Log what the pool does. */
  readonly echoPool?: boolean | undefined;
  /** Log every statement that takes longer, with the line of the program that asked for it. */
  readonly slowStatementMs?: number | undefined;
}

/** Connects to a database. Fails with the reason when the server does not answer or refuses us. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const settings = { ...defaultPoolSettings, ...options.pool };
  const primary = await openConnector(options);
  const source = sourceOf(primary, options.target);
  const pools = primaryPools(primary, options.target, settings, source);
  const context = contextFor(options, primary, source, pools);
  await keepFirst(pools.write);
  const replicas = await openReplicas({ ...options, poolSettings: settings, context }).catch(async (error: unknown) => {
    await Promise.all([pools.write.close(), pools.read?.close()]);
    throw error;
  });
  const stops = startEcho(options, source);
  const database = new PooledDatabase({
    context,
    pools,
    replicas,
    places: placesOf(options, settings),
    onClose: () => {
      for (const stop of stops) stop();
    },
  });
  const limit = settings.disabled ? Infinity : settings.size + settings.overflow;
  stops.push(remember({ source, size: settings.size, limit, metrics: () => database.metrics() }));
  return database;
}

/** Where each tenant has a namespace or a database. */
function placesOf(options: OpenOptions, settings: PoolSettings): TenantPlaces | undefined {
  const { engine, target, places } = options;
  if (places === undefined) return undefined;
  if (places.by === 'namespace') return namespacePlaces(places);
  return databasePlaces(places, {
    engine,
    target,
    open: async (found) => {
      const connector = await openConnector({ ...options, target: found });
      return primaryPools(connector, found, settings, sourceOf(connector, found));
    },
  });
}

let lastId = 0;

function sourceOf({ where, dialect }: Connector, { host, port, database }: Target): DiagnosticSource {
  const quote = dialect.text.name('x').charAt(0);
  return { id: (lastId += 1), where, system: dialect.name, host, port, database, quote };
}

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
  return { write: poolOf(connector, one, source), read: poolOf(connector, settings, source, ' read') };
}

/** The connection that was opened to learn the dialect becomes the pool's first. */
async function keepFirst(pool: Pool): Promise<void> {
  const first = await pool.acquire();
  first.release();
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
    isPlaced: options.places !== undefined,
    ambient: options.ambient === true ? new AmbientTransaction(options.places !== undefined) : undefined,
    encodePlain: plainEncoder(dialect),
    logger: options.logger,
  };
}

function isInMemory({ database }: Target): boolean {
  return database === ':memory:';
}

/** Gives back what stops each. */
function startEcho(options: OpenOptions, source: DiagnosticSource): (() => void)[] {
  const logger = options.logger ?? stderrLogger;
  const { echo = false, echoPool: pool = false, slowStatementMs } = options;
  return [
    ...(echo ? [echoQueries(source, logger)] : []),
    ...(pool ? [echoPool(source, logger)] : []),
    ...(slowStatementMs === undefined ? [] : [echoSlow(source, logger, slowStatementMs)]),
  ];
}
