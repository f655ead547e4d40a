import type { Connection } from '../driver/connection.ts';
import type { DefinitionStatement } from './definition.ts';
import type { Structure } from './structure/fact.ts';
import type { Safety } from './structure/rules.ts';

/** Compares two databases of the same engine and version, in every respect the engine knows. */
export interface StructurePlanner {
  /** Everything that is true of the database the connection is in. Never changes anything. */
  read(connection: Connection, options?: ReadStructureOptions): Promise<Structure>;
  /**
   * The statements that turn the first into the second, in order; none when they are equal. Throws `PLAN_REFUSED`, with
   * the object in its details, rather than make a plan that is wrong or loses rows that it could keep.
   */
  plan(from: Structure, to: Structure, options?: PlanStructureOptions): readonly DefinitionStatement[];
  /**
   * `found` in the words of `expected` wherever both mean the same to the engine: what a person wrote, beside what
   * Rowhouse writes for it. Absent: the engine keeps one spelling for each meaning.
   */
  restate?(found: Structure, expected: Structure): Structure;
  /**
   * The plan with the statements that `ask` taken apart by how the server carries them out, and held to that: it refuses
   * rather than do them in a rougher way. What keeps others waiting says so in its note. Absent: no statement asks.
   */
  rehearse?(statements: readonly DefinitionStatement[], rehearsal: Rehearsal): Promise<readonly DefinitionStatement[]>;
}

/** Where a plan is tried out. */
export interface Rehearsal {
  /** What the plan begins with. */
  readonly from: Structure;
  /** The database of that structure, which is only read: how many rows there are. */
  readonly source: Connection;
  /** An empty database that nobody else has, on a server of the same version. */
  readonly scratch: Connection;
}

export interface ReadStructureOptions {
  /** Tables that are no part of what is compared, by name, in any namespace: the ledger and its companions. */
  readonly exclude?: readonly string[] | undefined;
  /** Only what is in this namespace, where the engine has them. */
  readonly namespace?: string | undefined;
}

export interface PlanStructureOptions {
  /** Default `online`. */
  readonly safe?: Safety | undefined;
  /** True: nothing that holds rows is dropped; what would be is left as it is. */
  readonly skipDrops?: boolean | undefined;
}
