import type { Engine } from '../dialect/engine.ts';
import type { PoolSettings } from '../driver/pool/pool-settings.ts';
import type { Target } from '../driver/target.ts';
import type { Origin } from './origin.ts';
import type { Secret } from './secret.ts';

/** Everything a service is told about its database, checked and complete. Printing it shows no secret. */
export interface Settings {
  readonly engine: Engine;
  /** The name of the driver to load; absent: the first that is installed. */
  readonly driver?: string | undefined;
  readonly write: Target;
  /** Servers that answer reads; none: the one that takes writes. */
  readonly replicas: readonly Target[];
  readonly replica: ReplicaUse;
  readonly pool: PoolSettings;
  readonly statementTimeoutMs?: number | undefined;
  readonly connectRetries: ConnectRetries;
  /** Print SQL, without values. */
  readonly echo: boolean;
  /** Print what the pool does. */
  readonly echoPool: boolean;
  /** Print statements that take longer, in milliseconds. */
  readonly slowStatementMs?: number | undefined;
  readonly migration: MigrationSettings;
  readonly fixturePath?: string | undefined;
  /** The cache, for health checks. */
  readonly redisUrl?: Secret | undefined;
  readonly environment: string;
  readonly origins: readonly Origin[];
}

/** When a replica is read from. */
export interface ReplicaUse {
  /** One that is further behind is left alone until it has caught up. */
  readonly maxLagMs: number;
}

export interface ConnectRetries {
  readonly attempts: number;
  readonly delayMs: number;
}

/** What the variables say over the project file. */
export interface MigrationSettings {
  readonly config?: string | undefined;
  readonly path?: string | undefined;
  readonly ledgerTable?: string | undefined;
}
