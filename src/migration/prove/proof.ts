import type { Effects } from '../../dialect/effects.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import type { FilledTable } from './fill-tables.ts';

/** What was seen of one revision that goes up, down and up again. */
export interface RevisionProof {
  readonly revision: LoadedRevision;
  /** The tables that were there before it, with the rows that were made. */
  readonly filled: readonly FilledTable[];
  /** In the order in which they ran: up, then down. */
  readonly statements: readonly ProvenStatement[];
  /** What the database was compared with: what the catalog makes from nothing, or, after SQL by hand, what the revisions make. */
  readonly comparedWith: 'catalog' | 'revisions';
  /** False: there is no way down, so only the way up was tried. */
  readonly reversible: boolean;
  /** Tables and columns whose values the way down does not give back. */
  readonly lost: readonly string[];
  /** Why fewer rows were tried than could have been made. */
  readonly note?: string;
}

/** One statement with what it cost. */
export interface ProvenStatement {
  readonly direction: 'up' | 'down';
  readonly sql: string;
  readonly ms: number;
  /** The word of `algorithm=…`, where the engine takes one. */
  readonly algorithm?: string;
  /** Absent: the engine cannot be asked, or the statement could not be measured. */
  readonly effects?: Effects;
}
