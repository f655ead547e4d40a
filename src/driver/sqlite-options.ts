import { invalidParameter, knownParameters } from './parameters.ts';
import type { Target } from './target.ts';

/** How to open a SQLite database. */
export interface SqliteOptions {
  readonly readOnly: boolean;
  /** The file is not made when it is missing. */
  readonly mustExist: boolean;
  /** How long a statement waits for another connection's lock; it blocks this process meanwhile. */
  readonly busyTimeoutMs: number;
}

/** 5 s: longer than any write transaction should hold the lock, shorter than a client's patience. */
const defaultBusyTimeoutMs = 5_000;

/** Options from the target's parameters: `mode` (`ro`, `rw`, `rwc`) and `busy_timeout` in milliseconds. */
export function sqliteOptions(target: Target, driver: string): SqliteOptions {
  const { mode = 'rwc', busy_timeout: timeout } = knownParameters(target, driver, ['mode', 'busy_timeout']);
  if (mode !== 'ro' && mode !== 'rw' && mode !== 'rwc') throw invalidParameter('mode', 'ro, rw or rwc');
  if (timeout !== undefined && !/^\d{1,9}$/.test(timeout)) throw invalidParameter('busy_timeout', 'milliseconds');
  return {
    readOnly: mode === 'ro',
    mustExist: mode !== 'rwc',
    busyTimeoutMs: timeout === undefined ? defaultBusyTimeoutMs : Number(timeout),
  };
}

/**
 * What each new connection sets. WAL: readers and the writer do not wait for each other; it stays with the file.
 * `synchronous=normal` in WAL survives a crash of the process; a power cut may lose the last commits, never the file.
 */
export function sqliteSettings({ readOnly }: SqliteOptions): string {
  const always = 'pragma foreign_keys = on; pragma synchronous = normal;';
  return readOnly ? always : `pragma journal_mode = wal; ${always}`;
}
