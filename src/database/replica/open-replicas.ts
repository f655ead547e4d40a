import { keptWithin } from '../../driver/pool/kept-within.ts';
import type { PoolSettings } from '../../driver/pool/pool-settings.ts';
import type { Target } from '../../driver/target.ts';
import { retryOf } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { connectorFor, type Connector, type ConnectorOptions } from '../connector.ts';
import { replicaChannel, type ReplicaMessage } from '../diagnostics.ts';
import { nameServer } from '../observed.ts';
import { poolOf } from '../pool-of.ts';
import type { SessionContext } from '../session-context.ts';
import { Replica } from './replica.ts';
import { ReplicaSet } from './replica-set.ts';
import { defaultReplicaSettings, type ReplicaSettings } from './replica-settings.ts';

export interface OpenReplicas extends ConnectorOptions {
  readonly replicas?: readonly Target[] | undefined;
  readonly replica?: Partial<ReplicaSettings> | undefined;
  readonly poolSettings: PoolSettings;
  /** Of the primary, which has answered. */
  readonly context: SessionContext;
}

/** Opening waits this long for replicas; those that answer later are read from later. */
const firstLookMs = 2000;

/**
 * The replicas of a database, watched from now on. One that does not answer is no failure; one that refuses us or is
 * another engine is, because that does not heal by itself.
 */
export async function openReplicas(options: OpenReplicas): Promise<ReplicaSet | undefined> {
  const { replicas: targets = [], context } = options;
  if (targets.length === 0) return undefined;
  const settings = { ...defaultReplicaSettings, ...options.replica };
  let refusal: RowhouseError | undefined;
  let isOpening = true;
  const onChange = (replica: Replica, error: unknown): void => {
    if (isOpening && error instanceof RowhouseError && retryOf(error.code) !== 'connect') refusal ??= error;
    report(context, replica, error);
  };
  const replicas = targets.map((target) => {
    const connector = named(readOnly(connectorFor({ ...options, target }, context.dialect)), target, context);
    const pool = poolOf(connector, options.poolSettings, context.source);
    return new Replica({ connector, pool, maxLagMs: settings.maxLagMs, onChange });
  });
  const { replication } = context.dialect;
  const set = new ReplicaSet({ replicas, primary: context.readers, replication, settings });
  await keptWithin(firstLookMs, set.watch());
  isOpening = false;
  if (refusal === undefined) return set;
  await set.close();
  throw refusal;
}

/** The same connections, known to those who watch as the replica's. */
function named(connector: Connector, { host, port, database }: Target, { source }: SessionContext): Connector {
  const own = { ...source, where: connector.where, host, port, database };
  return {
    ...connector,
    async connect() {
      const connection = await connector.connect();
      nameServer(connection, own);
      return connection;
    },
  };
}

/** The same connections, unable to write. */
function readOnly(connector: Connector): Connector {
  const { where, dialect } = connector;
  const { replication } = dialect;
  if (replication === undefined) return connector;
  return {
    ...connector,
    async connect() {
      const connection = await connector.connect();
      try {
        await connection.run({ sql: replication.onlyReads }, []);
        return connection;
      } catch (error) {
        connection.destroy();
        throw dialect.errors.translate(error, { during: 'connect', where });
      }
    },
  };
}

function report({ source, logger, dialect }: SessionContext, replica: Replica, error: unknown): void {
  const { where, state, lagMs } = replica.metrics();
  if (replicaChannel.hasSubscribers) {
    replicaChannel.publish({ source, replica: where, state, lagMs } satisfies ReplicaMessage);
  }
  const failure =
    error === undefined || error instanceof RowhouseError
      ? error
      : dialect.errors.translate(error, { during: 'statement', where });
  const fields = { replica: where, state, lagMs, ...(failure === undefined ? {} : { err: failure }) };
  if (state === 'used') logger?.info(fields, 'the replica is read from');
  else logger?.warn(fields, 'the replica is not read from, reads go elsewhere');
}
