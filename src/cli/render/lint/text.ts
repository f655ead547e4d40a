import type { LintReport } from '../../../migration/lint/lint-report.ts';

/** The findings for a person: place, code and message, the statement, and what to do. */
export function lintText({ findings, counts }: LintReport): string {
  const blocks = findings.map(({ file, line, column, severity, code, message, statement, hint }) =>
    [
      `${file}:${line}:${column}  ${severity}  ${code}`,
      `  ${message}`,
      ...(statement === '' ? [] : [`  > ${statement}`]),
      `  ${hint}`,
    ].join('\n'),
  );
  const summary = Object.entries(counts)
    .map(([severity, count]) => `${count} ${severity}${count === 1 || severity === 'advice' ? '' : 's'}`)
    .join(', ');
  return [...blocks, summary].join('\n\n');
}
