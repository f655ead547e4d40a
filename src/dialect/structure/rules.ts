import type { DefinitionStatement } from '../definition.ts';
import type { Fact, Structure } from './fact.ts';

/** How one kind of fact is made, changed and removed on one engine. One file a kind. */
export interface KindRules {
  readonly create: (fact: Fact, context: PlanContext) => readonly DefinitionStatement[];
  readonly drop: (fact: Fact, context: PlanContext) => readonly DefinitionStatement[];
  /** `from` and `to` have the same id and different attributes. */
  readonly alter: (from: Fact, to: Fact, context: PlanContext) => Alteration;
  /** True: the statement that makes `fact` also makes this part of it. */
  readonly inlines?: (part: Fact, fact: Fact, context: PlanContext) => boolean;
  /** True: this fact stays or must be dropped by itself although its parent goes. Usually absent: it goes with its parent. */
  readonly outlivesParent?: (fact: Fact, parent: Fact, context: PlanContext) => boolean;
  /**
   * May the fact be dropped and made anew because something it needs is? A sentence says why not. Absent: yes.
   * Tables and columns that hold rows say no.
   */
  readonly refuseReplacement?: (fact: Fact) => string | undefined;
  /** The names it takes in the engine's own name space: two facts with the same one cannot be there at once. */
  readonly occupies?: (fact: Fact) => string | readonly string[] | undefined;
  /** Among actions that could come next, lower goes first. Absent: 0. */
  readonly rank?: number;
  /** The same for when it is dropped. Absent: as `rank`. */
  readonly dropRank?: number;
}

export type Alteration =
  | {
      readonly how: 'in-place';
      readonly steps: readonly DefinitionStatement[];
      /** What can be done while everything that uses the fact is still there: it comes before `rebuild` takes that away. */
      readonly prepare?: readonly DefinitionStatement[];
      /** Facts that require this one and must be out of the way while it changes: dropped before, made anew after. */
      readonly rebuild?: (dependent: Fact) => boolean;
      /** Other facts that change with it, whose dependents `rebuild` is asked about too: the columns of a type made anew. */
      readonly touches?: readonly string[];
    }
  | { readonly how: 'replace' }
  | { readonly how: 'refuse'; readonly reason: string };

/** `online` never reads or rewrites a populated table under a lock that stops writers; `plain` is the short form. */
export type Safety = 'online' | 'plain';

export interface PlanContext {
  readonly from: Structure;
  readonly to: Structure;
  readonly safe: Safety;
  /** The parts of a fact, in the structure it belongs to. */
  readonly partsOf: (fact: Fact, structure: Structure) => readonly Fact[];
}

export type RuleTable = Readonly<Record<string, KindRules>>;
