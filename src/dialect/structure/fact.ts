/** A JSON value: what an attribute of a fact can be. */
export type FactValue = string | number | boolean | null | readonly FactValue[] | { readonly [key: string]: FactValue };

/**
 * One thing that is true of a database, as its engine reports it: a table, a column, a default, a grant, a comment.
 * Small on purpose: what can change alone is a fact of its own.
 */
export interface Fact {
  /** The engine's word: `table`, `column`, `default`, `policy`… Names the rules that print it. */
  readonly kind: string;
  /** Unique in its structure and stable: `column public.person.email`. */
  readonly id: string;
  /** The fact that this one is a part of. It goes when its parent goes. */
  readonly parent?: string;
  /** What is compared. Whatever may differ without being a difference (positions, object numbers) stays out. */
  readonly attributes: Readonly<Record<string, FactValue>>;
  /** Ids of the facts, its parent aside, that must be there while this one is. */
  readonly requires: readonly string[];
  /** Ids of facts that are made before it and removed after it, and that may be made anew without touching it. */
  readonly follows?: readonly string[];
  /** What the rules need to print it and nobody compares. */
  readonly notes?: Readonly<Record<string, FactValue>>;
}

/** Everything that is true of a database. Two structures can be compared when the same server version reported both. */
export interface Structure {
  /** Engine and version: `postgresql 15.20`. */
  readonly server: string;
  readonly facts: ReadonlyMap<string, Fact>;
  /** Objects that are there and that Rowhouse cannot say everything about: a plan that touches one is refused. */
  readonly opaque: readonly OpaqueObject[];
}

export interface OpaqueObject {
  /** Like the id of a fact: `table public.person`. */
  readonly id: string;
  /** What is not understood, as a sentence without a full stop. */
  readonly reason: string;
  /** A digest of what the engine says of it: two objects with different ones differ. Absent: the name must do. */
  readonly digest?: string;
}
