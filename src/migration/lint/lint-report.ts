import type { Severity } from '../../dialect/lint/rule.ts';
import { isAtLeast, severities, type Finding } from './finding.ts';

/** All findings of a run, with how many there are of each severity. */
export interface LintReport {
  /** No finding is an error. */
  readonly ok: boolean;
  /** The files in order, and in each the lines; no finding that is less grave than was asked for. */
  readonly findings: readonly Finding[];
  /** What was found at all, shown or not. */
  readonly counts: Readonly<Record<Severity, number>>;
}

/** Puts findings together, leaving out those below `least`. */
export function lintReport(findings: readonly Finding[], least: Severity): LintReport {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const [error, warning, advice] = severities.map(count);
  const counts = { error: error ?? 0, warning: warning ?? 0, advice: advice ?? 0 };
  return {
    ok: counts.error === 0,
    findings: findings.filter(({ severity }) => isAtLeast(severity, least)),
    counts,
  };
}
