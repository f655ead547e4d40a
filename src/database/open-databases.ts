import type { PoolMetrics } from '../driver/pool/pool-metrics.ts';
import type { DatabaseMetrics } from './database.ts';
import type { DiagnosticSource } from './diagnostics.ts';
import type { ReplicaMetrics } from './replica/replica.ts';

/** A database that this process holds open, for those who watch. */
export interface OpenDatabase {
  readonly source: DiagnosticSource;
  /** Connections that a pool keeps. */
  readonly size: number;
  /** Connections that a pool may have at all; infinite where none are kept. */
  readonly limit: number;
  readonly metrics: () => DatabaseMetrics;
}

const open = new Set<OpenDatabase>();

/** Makes a database known to those who watch. Gives back what makes it unknown again. */
export function remember(database: OpenDatabase): () => void {
  open.add(database);
  return () => {
    open.delete(database);
  };
}

/** Every database that this process holds open. */
export function openDatabases(): readonly OpenDatabase[] {
  return [...open];
}

/** One pool by the name under which it is measured, as in `PoolMessage`. */
export interface NamedPool {
  readonly name: string;
  readonly metrics: PoolMetrics;
}

export function poolsOf({ source, metrics }: OpenDatabase): readonly NamedPool[] {
  const { write, read, replicas = [] } = metrics();
  return [
    { name: source.where, metrics: write },
    ...(read === undefined ? [] : [{ name: `${source.where} read`, metrics: read }]),
    ...replicas.map(({ where, pool }: ReplicaMetrics) => ({ name: where, metrics: pool })),
  ];
}
