import type { Fact } from '../../../dialect/structure/fact.ts';
import type { KindRules } from '../../../dialect/structure/rules.ts';
import type { Connection } from '../../../driver/connection.ts';

/** One kind of fact of PostgreSQL: how it is read from the catalog, and how it is made, changed and removed. */
export interface Kind {
  /** As in `Fact.kind`. */
  readonly kind: string;
  /** Reads every fact of this kind outside the system's own schemas. What belongs to an extension is sorted out later. */
  readonly read: (connection: Connection, scope: ReadScope) => Promise<readonly ReadFact[]>;
  readonly rules: KindRules;
}

/** What the readers of all kinds may ask about the server and the session. */
export interface ReadScope {
  /** The server's number, e.g. `150020` or `180001`. */
  readonly version: number;
  /** The role the session acts as: what it owns needs no owner of its own. */
  readonly user: string;
}

/**
 * A fact as it comes from the catalog. `requires` names only what the catalog's own dependencies do not tell; they are
 * resolved through the addresses and added for all kinds in one place.
 */
export interface ReadFact extends Fact {
  /**
   * The rows of the catalog that are this fact, as `catalog/oid/subid`: `pg_class/16384/2`. The first names it; others
   * are its companions (the rule of a view, the row type of a table). A column that no fact names stands for its relation.
   */
  readonly addresses: readonly string[];
  /**
   * For what can be part of a fact of any kind (a comment, a grant, an owner): the address of that fact, which becomes
   * the parent. The id is then only what follows the parent's: `attachParts` completes both.
   */
  readonly of?: string;
}
