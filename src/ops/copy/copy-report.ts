import type { Database } from '../../database/database.ts';

export interface CopyOptions {
  readonly from: Database;
  readonly to: Database;
  /** Display names of the tables to copy; all when nothing is said. */
  readonly tables?: readonly string[] | undefined;
  /** Namespaces of the source to read beside its default one. */
  readonly namespaces?: readonly string[] | undefined;
  /** Rows read and written in one go; 1,000 when nothing is said. */
  readonly batchRows?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined;
}

export interface CopyProgress {
  readonly phase: 'load' | 'verify';
  readonly table: string;
  readonly rows: number;
  readonly total: number;
}

/** What a finished copy has done. */
export interface CopyReport {
  readonly tables: readonly CopiedTable[];
  /** What stayed behind as a whole. */
  readonly skipped: readonly Skipped[];
  /** What arrived in another form: a type, a default, an index that the target has not. */
  readonly notes: readonly CopyNote[];
  readonly totalMs: number;
}

export interface CopiedTable {
  readonly name: string;
  readonly rows: number;
  /** The same for the same rows in any order on any engine. */
  readonly hash: string;
  readonly ms: number;
}

export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

export interface CopyNote {
  readonly name: string;
  readonly note: string;
}
