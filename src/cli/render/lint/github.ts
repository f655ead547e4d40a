import type { Severity } from '../../../dialect/lint/rule.ts';
import type { LintReport } from '../../../migration/lint/lint-report.ts';

/** The findings as workflow commands of GitHub Actions: each becomes a note beside its line of a pull request. */
export function lintGithub({ findings }: LintReport): string {
  return findings
    .map(({ file, line, column, severity, code, message, hint }) => {
      const place = `file=${property(file)},line=${line},col=${column},title=${property(code)}`;
      return `::${levels[severity]} ${place}::${data(`${message}; ${hint}`)}`;
    })
    .join('\n');
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', advice: 'notice' };

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
