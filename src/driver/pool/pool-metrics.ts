/** What a pool holds now and what it has done since it was made. */
export interface PoolMetrics {
  readonly idle: number;
  readonly inUse: number;
  /** Connections being opened or asked for a sign of life. */
  readonly pending: number;
  /** Callers in line. */
  readonly waiting: number;
  readonly taken: number;
  readonly opened: number;
  readonly closed: number;
  /** Connections whose line died. */
  readonly lost: number;
  readonly connectFailures: number;
  /** Callers that left the line with `POOL_EXHAUSTED`. */
  readonly timeouts: number;
  readonly peakInUse: number;
  /** Time all callers together spent in line. */
  readonly waitedMs: number;
}

/** The counted part of the metrics; the pool adds to it in place. */
export interface PoolCounts {
  taken: number;
  opened: number;
  closed: number;
  lost: number;
  connectFailures: number;
  timeouts: number;
  peakInUse: number;
  waitedMs: number;
}

export function noCounts(): PoolCounts {
  return { taken: 0, opened: 0, closed: 0, lost: 0, connectFailures: 0, timeouts: 0, peakInUse: 0, waitedMs: 0 };
}
