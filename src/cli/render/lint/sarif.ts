import type { LintRule, Severity } from '../../../dialect/lint/rule.ts';
import type { LintReport } from '../../../migration/lint/lint-report.ts';

/** The findings in SARIF 2.1.0, with the rules that were broken. */
export function lintSarif({ findings }: LintReport, known: readonly LintRule[], version: string): string {
  const broken = [...new Set(findings.map(({ code }) => code))];
  const rules = broken.flatMap((code) => known.find((rule) => rule.code === code) ?? []);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'rowhouse', semanticVersion: version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: rules.findIndex(({ code }) => code === finding.code),
          level: levels[finding.severity],
          message: { text: `${finding.message}; ${finding.hint}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(finding.file.replaceAll('\\', '/')) },
                region: { startLine: finding.line, startColumn: finding.column },
              },
            },
          ],
        })),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', advice: 'note' };

function descriptor({ code, title, why, hint, severity }: LintRule): unknown {
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: hint },
    defaultConfiguration: { level: levels[severity] },
  };
}
