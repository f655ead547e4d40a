import { channel, type Channel } from 'node:diagnostics_channel';
import type { PoolEvent } from '../driver/pool/pool-event.ts';

/** Names one open database in diagnostics. */
export interface DiagnosticSource {
  /** Different for every open database of this process. */
  readonly id: number;
  /** `host:port/database` or the file's path. */
  readonly where: string;
  /** The dialect's name, which is also the one that telemetry conventions know. */
  readonly system: string;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly database: string;
  /** The character that the engine puts around names. */
  readonly quote: string;
}

/** Published on `rowhouse:query` after each statement. Values are never part of it. */
export interface QueryMessage {
  readonly source: DiagnosticSource;
  readonly sql: string;
  readonly tookMs: number;
  /** The code of its error, when it failed. */
  readonly failed?: string;
}

/** Published on `rowhouse:pool`. */
export interface PoolMessage {
  readonly source: DiagnosticSource;
  /** `host:port/database`, with ` read` behind it where reading has a pool of its own. */
  readonly pool: string;
  readonly event: PoolEvent;
}

/** Published on `rowhouse:replica` when a replica begins or ends to be read from. */
export interface ReplicaMessage {
  readonly source: DiagnosticSource;
  /** `host:port/database`. */
  readonly replica: string;
  readonly state: 'used' | 'behind' | 'down';
  readonly lagMs: number | undefined;
}

/** Published on `rowhouse:unscoped` whenever somebody asks for the rows of all tenants. */
export interface UnscopedMessage {
  readonly source: DiagnosticSource;
  readonly reason: string;
}

/** Carries a `QueryMessage` after each statement. */
export const queryChannel: Channel = channel('rowhouse:query');
/** Carries an `UnscopedMessage` whenever somebody asks for the rows of all tenants. */
export const unscopedChannel: Channel = channel('rowhouse:unscoped');
/** Carries a `PoolMessage` for whatever a pool does. */
export const poolChannel: Channel = channel('rowhouse:pool');
/** Carries a `ReplicaMessage` when the state of a replica changes. */
export const replicaChannel: Channel = channel('rowhouse:replica');
