import type { Alteration } from '../change/alteration.ts';

/** A name that becomes another. A column's or index's `table` is the table as it is called afterwards. */
export type Rename = Extract<Alteration, { readonly kind: `rename-${string}` }>;

/** What was said about names that are gone and names that are new. */
export interface RenameDecisions {
  /** Harmless where the old name is gone already. */
  readonly renames: readonly Rename[];
  /** What is meant to go although something new looks like it: `auth_user`, `auth_user.nickname`, `mood.sad`. */
  readonly drops: readonly string[];
}

export const noDecisions: RenameDecisions = { renames: [], drops: [] };
