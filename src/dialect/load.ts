import type { Connection } from '../driver/connection.ts';

/** How busy a server is, and those that follow it. */
export interface LoadProbe {
  /** Costs next to nothing: asked between two batches. */
  read(connection: Connection): Promise<Load>;
}

/** What a server says. Absent: it does not say, or has no such thing. */
export interface Load {
  /** How far the slowest replica is behind. */
  readonly replicaLagMs?: number;
  /** Sessions that are running a statement at this moment, this one included. */
  readonly runningSessions?: number;
  /** For how long the nodes of a cluster have held writes back, since some fixed moment. */
  readonly heldBackMs?: number;
  /** More rows must not be written in one transaction. */
  readonly mostRows?: number;
}
