import type { DefinitionStatement, StatementClass } from '../../dialect/definition.ts';
import type { LockClass } from '../../dialect/effects.ts';
import type { RevisionPlan } from '../../migration/plan/revision-plan.ts';
import { runText } from '../../migration/plan/run-text.ts';
import type { MigrationPreview } from '../../migration/run/preview.ts';
import type { ServiceOutcome } from '../for-each-service.ts';
import { renderEstimate } from './filling.ts';

/** The statements of a run that has not taken place, for people and for `--json`. */
export function previewOutcome({ unfinished, plans, backfills }: MigrationPreview): ServiceOutcome {
  const all = [
    ...(unfinished === undefined ? [] : [{ plan: unfinished.plan, skip: unfinished.statementsDone }]),
    ...plans.map((plan) => ({ plan, skip: 0 })),
  ];
  return {
    json: { plans: all.map(({ plan, skip }) => planJson(plan, skip, backfills)) },
    lines: all.length === 0 ? ['nothing to do'] : all.flatMap(({ plan, skip }) => planLines(plan, skip, backfills)),
  };
}

function planLines(
  { revision, direction, statements, transactional }: RevisionPlan,
  skip: number,
  backfills: Estimates,
): readonly string[] {
  const from = skip === 0 ? '' : `, from statement ${skip + 1} on`;
  const how = transactional ? ', in one transaction' : '';
  return [
    `-- ${direction} ${revision.id}  ${revision.message}${from}${how}`,
    ...statements.slice(skip).flatMap((statement) => statementLines(statement, backfills)),
  ];
}

type Estimates = MigrationPreview['backfills'];

function statementLines(statement: DefinitionStatement, backfills: Estimates): readonly string[] {
  const { note, backfill, agreed } = statement;
  const estimate = backfill && backfills.get(backfill);
  return [
    `-- ${classOf(statement)}${note === undefined ? '' : `: ${note}`}`,
    ...(estimate === undefined ? [] : [`-- ${renderEstimate(estimate)}`]),
    ...(agreed?.effects.locks ?? []).map(({ table, blocks }) => `-- ${table}: ${waiting[blocks]}`),
    `${runText(statement).trim().replace(/;$/, '')};`,
  ];
}

/** Copying rows is a part of making a table anew where it has no class of its own. */
function classOf({ class: given, copies }: DefinitionStatement): StatementClass {
  return given ?? (copies === undefined ? 'catalog' : 'data');
}

const waiting: Readonly<Record<LockClass, string>> = {
  nobody: 'nobody waits',
  writers: 'those who write wait until it is done',
  everybody: 'everybody waits until it is done',
};

function planJson(
  { revision, direction, statements, transactional }: RevisionPlan,
  skip: number,
  backfills: Estimates,
): unknown {
  return {
    revision: revision.id,
    direction,
    transactional,
    statementsDone: skip,
    statements: statements.map((statement) => ({
      sql: runText(statement),
      class: classOf(statement),
      transactional: statement.transactional,
      note: statement.note ?? null,
      ...(statement.agreed === undefined ? {} : { effects: statement.agreed.effects }),
      ...(statement.backfill === undefined ? {} : { backfill: backfills.get(statement.backfill) ?? null }),
    })),
  };
}
