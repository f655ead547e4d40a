import type { Severity } from '../../dialect/lint/rule.ts';

/** One thing that a rule found fault with. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  /** The beginning of the statement, without the content of constants. */
  readonly statement: string;
}

const ranks: Readonly<Record<Severity, number>> = { advice: 0, warning: 1, error: 2 };

/** True when the severity is at least as grave as the other. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return ranks[severity] >= ranks[least];
}

/** The severities, gravest first. */
export const severities: readonly Severity[] = ['error', 'warning', 'advice'];

/** The order of lines and columns. */
export function byPlace(one: Finding, other: Finding): number {
  return one.line - other.line || one.column - other.column;
}
