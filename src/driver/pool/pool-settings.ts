/** How many connections are kept and for how long. */
export interface PoolSettings {
  /** Connections kept open. */
  readonly size: number;
  /** Connections beyond `size` that load may open; they are closed when the load is gone. */
  readonly overflow: number;
  /** Longest wait for a connection. */
  readonly timeoutMs: number;
  /** A connection older than this is replaced, in this process after 15 more calls at most; 0 keeps it for ever. */
  readonly recycleMs: number;
  /** Every connection is asked for a sign of life before it is handed out. */
  readonly prePing: boolean;
  /** No pooling: every checkout opens a connection and closes it. */
  readonly disabled: boolean;
}

export const defaultPoolSettings: PoolSettings = {
  size: 5,
  overflow: 10,
  timeoutMs: 30_000,
  recycleMs: 300_000,
  prePing: false,
  disabled: false,
};
