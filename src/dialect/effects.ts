import type { Connection } from '../driver/connection.ts';
import type { DefinitionStatement } from './definition.ts';

/**
 * Measures on a scratch database what a statement does to the tables that are there: nothing is looked up, the engine
 * is asked. The statement takes effect, so the statements of a plan can be measured one after the other.
 */
export interface EffectProbe {
  /** `observer` is a second connection to the same database: what cannot run in a transaction is watched from there. */
  measure(
    connection: Connection,
    statement: Pick<DefinitionStatement, 'sql' | 'transactional'>,
    observer: Connection,
  ): Promise<Effects>;
}

/** What a statement did. Tables, views and indexes are meant; those that it made or dropped itself are left out. */
export interface Effects {
  /** The strongest lock on each, by name. */
  readonly locks: readonly HeldLock[];
  /** What was written anew. */
  readonly rewrites: readonly Rewrite[];
  /** From which rows were read, and how many: with an index, the rows it led to. */
  readonly scans: readonly Scan[];
}

export interface HeldLock {
  readonly table: string;
  /** The engine's word: `AccessExclusiveLock`. */
  readonly mode: string;
  readonly blocks: LockClass;
}

/** Whom a lock keeps waiting: nobody who reads or writes rows, those who write, everybody. */
export type LockClass = 'nobody' | 'writers' | 'everybody';

export interface Rewrite {
  readonly table: string;
  /** Its size afterwards. */
  readonly bytes: number;
}

export interface Scan {
  readonly table: string;
  readonly rows: number;
}
