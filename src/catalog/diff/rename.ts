import type { Alteration } from '../change/alteration.ts';
import type { ObjectName } from '../model/object-name.ts';

/**
 * A name that becomes another, or an object that goes to another namespace. A column's or index's `table` is the table as
 * it is called afterwards.
 */
export type Rename = Extract<Alteration, { readonly kind: `rename-${string}` | 'move-object' }>;

/** The new name as a person says it, with the namespace where that is what changes. */
export function newNameOf({ to }: Rename): string {
  return typeof to === 'string' ? to : wholeName(to);
}

/** A whole name that says its namespace: `billing.invoice`, or `.invoice` in the default one. */
export function wholeName({ namespace = '', name }: ObjectName): string {
  return `${namespace}.${name}`;
}

/** What was said about names that are gone and names that are new. */
export interface RenameDecisions {
  /** Harmless where the old name is gone already. */
  readonly renames: readonly Rename[];
  /** What is meant to go although something new looks like it: `auth_user`, `auth_user.nickname`, `mood.sad`. */
  readonly drops: readonly string[];
}

export const noDecisions: RenameDecisions = { renames: [], drops: [] };
