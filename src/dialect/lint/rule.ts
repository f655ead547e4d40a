import type { LintAction } from './action.ts';
import type { LintContext } from './context.ts';
import type { LintWord } from './word.ts';

/** `error`: it stops a release; `warning`: someone should look; `advice`: it could be better. */
export type Severity = 'error' | 'warning' | 'advice';

/** A statement as the rules see it. */
export interface LintStatement {
  readonly sql: string;
  /** Where it begins in its script. */
  readonly at: number;
  readonly words: readonly LintWord[];
  readonly action: LintAction;
}

/** What a rule says of a statement. */
export interface Judgement {
  /** Lower case, no full stop, the object by name, no values. */
  readonly message: string;
  /** The place in the script. Absent: where the statement begins. */
  readonly at?: number;
}

/** One thing that is dangerous about statements, with what to write instead. */
export interface LintRule {
  /** Stable: it is what suppressions and settings name. */
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it is dangerous: what is locked, rewritten, read or broken. */
  readonly why: string;
  /** What to do instead, in one line. */
  readonly hint: string;
  /** A script that the rule finds fault with. */
  readonly bad: string;
  /** A script that reaches the same end, with which it finds none. */
  readonly good: string;
  /** True: a table that the script itself made is spared, because it is empty. */
  readonly sparesNewTables?: true;
  /** True: only scripts that somebody else's tool runs are judged: Rowhouse itself sees to it for revisions. */
  readonly filesOnly?: true;
  /**
   * Statements that Rowhouse planned are spared, because it has seen to what the rule is about: those of a change that is
   * made `online`, those that it `asks` the server about, or its own `rebuilds`.
   */
  readonly sparesPlanned?: 'online' | 'asks' | 'rebuilds';
  readonly judge: Judge;
}

export type Judge = (statement: LintStatement, context: LintContext) => readonly Judgement[];
