import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { lintReport, type LintReport } from '../../migration/lint/lint-report.ts';
import { refuseUnknownCodes } from '../../migration/lint/lint-settings.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import type { MigrationContext } from '../../migration/run/migration-context.ts';
import { knownCodes, lintRevisions } from '../lint-targets.ts';
import { counted } from '../render/counted.ts';
import { lintText } from '../render/lint/text.ts';
import type { ServiceDeploy } from './step.ts';

/** Judges the revisions that are about to run, by the rules of the server they are for: `LINT_FAILED` on an error. */
export async function lintPlan(
  { context, loaded, service }: ServiceDeploy,
  { database, graph }: MigrationContext,
  revisions: readonly LoadedRevision[],
): Promise<string> {
  const settings = loaded.project.lint;
  refuseUnknownCodes(settings ?? {}, await knownCodes());
  const { directory } = context.surroundings;
  const report = lintReport(
    await lintRevisions(revisions, graph, database.dialect, { directory, settings }),
    'warning',
  );
  if (report.findings.length > 0) context.output.say(lintText(report));
  if (!report.ok) throw lintFailed(service.name, report);
  const { warning } = report.counts;
  return warning === 0 ? 'no rule is broken' : counted(warning, 'warning');
}

function lintFailed(service: string, { findings }: LintReport): RowhouseError {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const found = first === undefined ? '' : `: ${first.code} at ${first.file}:${first.line}`;
  const more = errors.length > 1 ? ` and ${errors.length - 1} more` : '';
  return new RowhouseError('LINT_FAILED', `the revisions of ${service} break rules${found}${more}`, {
    details: { service, findings: errors },
    hint: 'nothing was changed; change the revision, or allow what is meant with a reason: `allow` in the revision, or a comment `rowhouse: allow CODE: reason`',
  });
}
