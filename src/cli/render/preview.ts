import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { RevisionPlan } from '../../migration/plan/revision-plan.ts';
import type { MigrationPreview } from '../../migration/run/preview.ts';
import type { ServiceOutcome } from '../for-each-service.ts';

/** The statements of a run that has not taken place, for people and for `--json`. */
export function previewOutcome({ unfinished, plans }: MigrationPreview): ServiceOutcome {
  const all = [
    ...(unfinished === undefined ? [] : [{ plan: unfinished.plan, skip: unfinished.statementsDone }]),
    ...plans.map((plan) => ({ plan, skip: 0 })),
  ];
  return {
    json: { plans: all.map(({ plan, skip }) => planJson(plan, skip)) },
    lines: all.length === 0 ? ['nothing to do'] : all.flatMap(({ plan, skip }) => planLines(plan, skip)),
  };
}

function planLines({ revision, direction, statements, transactional }: RevisionPlan, skip: number): readonly string[] {
  const from = skip === 0 ? '' : `, from statement ${skip + 1} on`;
  const how = transactional ? ', in one transaction' : '';
  return [
    `-- ${direction} ${revision.id}  ${revision.message}${from}${how}`,
    ...statements.slice(skip).flatMap(statementLines),
  ];
}

function statementLines({ sql, note, class: statementClass = 'catalog' }: DefinitionStatement): readonly string[] {
  return [`-- ${statementClass}${note === undefined ? '' : `: ${note}`}`, `${sql.trim().replace(/;$/, '')};`];
}

function planJson({ revision, direction, statements, transactional }: RevisionPlan, skip: number): unknown {
  return {
    revision: revision.id,
    direction,
    transactional,
    statementsDone: skip,
    statements: statements.map((statement) => ({
      sql: statement.sql,
      class: statement.class ?? 'catalog',
      transactional: statement.transactional,
      note: statement.note ?? null,
    })),
  };
}
