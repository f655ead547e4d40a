import type { Change } from '../../catalog/change/change.ts';

/**
 * One step in the history of a service's database: a list of changes with the revisions it comes after.
 * A revision file is a TypeScript module whose default export is one.
 */
export interface Revision {
  /** 12 hex digits, or whatever unique word a template makes. */
  readonly id: string;
  /** The revisions this one comes directly after: none for the first, several for a merge. */
  readonly parents: readonly string[];
  readonly message: string;
  /** Names for the branch that starts here: `label@head` finds its tip. */
  readonly labels?: readonly string[];
  /** Revisions that must be applied before without being ancestors. */
  readonly dependsOn?: readonly string[];
  /** The ids of the revisions that it stands for: a database that has them all has this one. */
  readonly replaces?: readonly string[];
  /** `expand` leaves old code running, `contract` waits until the new code is out; absent: both at once. */
  readonly phase?: 'expand' | 'migrate' | 'contract';
  /** Lint rules that this revision may break, each with the reason. */
  readonly allow?: readonly { readonly code: string; readonly reason: string }[];
  readonly up: readonly Change[];
  /** Replaces the way down that is derived from `up`. */
  readonly down?: readonly Change[];
}

/** A revision read from a file, with what it is checked against later. */
export interface LoadedRevision extends Revision {
  readonly file: string;
  readonly checksum: string;
}
