import type { Database } from '../../database/database.ts';
import { interruption } from '../../database/interruption.ts';
import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { Repository } from '../../repository/repository.ts';
import type { TablePlan } from '../../repository/table-plan.ts';
import type { TableOf } from '../../schema/table/table.ts';
import { sessionFor } from '../session-for.ts';
import type { RetentionPolicy } from './retention.ts';
import { stagesOf, type Stage, type StageKind } from './stages.ts';

type Row = Readonly<Record<string, unknown>>;
type Rows = Repository<Row, Row, Row>;

export interface RetentionRun {
  /** The moment that ages are counted back from. */
  readonly now: Date;
  /** Counts what is due, and deletes nothing. */
  readonly dryRun?: boolean | undefined;
  /** Stops between two batches; what is deleted by then stays deleted. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RetentionProgress) => void) | undefined;
}

export interface RetentionProgress {
  readonly table: string;
  readonly kind: StageKind;
  readonly done: number;
  /** Rows that were due when it began. */
  readonly due: number;
}

/** What became of the rows that one policy is about. */
export interface RetentionOutcome {
  readonly table: string;
  readonly kind: StageKind;
  /** Rows from before this moment were due. */
  readonly before: Date;
  /** Deleted rows; in a dry run those that are due. */
  readonly rows: number;
}

/**
 * Deletes the rows that are older than the policies allow, in their order, in batches of a transaction each: a run that
 * was stopped is finished by the next one.
 */
export async function runRetention(
  database: Database,
  policies: readonly RetentionPolicy[],
  run: RetentionRun,
): Promise<readonly RetentionOutcome[]> {
  const outcomes: RetentionOutcome[] = [];
  for (const policy of policies) {
    const session = sessionFor(database, [policy.table], 'retention');
    for (const stage of stagesOf(policy, session, run.now)) {
      const rows = await runStage(stage, session, run);
      outcomes.push({ table: stage.plan.label, kind: stage.kind, before: stage.before, rows });
    }
  }
  return outcomes;
}

async function runStage(stage: Stage, session: Session, run: RetentionRun): Promise<number> {
  const { plan, kind, where, withDeleted, policy } = stage;
  const rows = rowsOf(stage, session);
  const due = await rows.count(where, { withDeleted });
  if (run.dryRun === true || due === 0) return due;
  let done = 0;
  for (let after: string | undefined; ;) {
    if (run.signal?.aborted === true) throw interruption(run.signal.reason);
    const page = await rows.page({ where, withDeleted, limit: policy.batchRows, after });
    if (page.rows.length > 0) done += await deleteOrExplain(stage, session, page.rows);
    run.onProgress?.({ table: plan.label, kind, done, due });
    if (page.next === undefined) return done;
    after = page.next;
  }
}

async function deleteOrExplain(stage: Stage, session: Session, batch: readonly Row[]): Promise<number> {
  try {
    return await deleteBatch(stage, session, batch);
  } catch (error) {
    if (!RowhouseError.has(error, 'FOREIGN_KEY_VIOLATION')) throw error;
    const { label } = stage.plan;
    throw new RowhouseError(error.code, `${label}: rows are due that others still refer to`, {
      details: { ...error.details, table: label },
      hint: 'list the policy of the table that refers to them first, or let its foreign key delete',
      cause: error,
    });
  }
}

/** Rows that are no longer due by the time of the transaction are left alone. */
async function deleteBatch(stage: Stage, session: Session, batch: readonly Row[]): Promise<number> {
  const { kind, where, plan, withDeleted } = stage;
  const due = { and: [where, among(batch, plan)] };
  return await session.transaction(async (transaction) => {
    const rows = rowsOf(stage, transaction);
    if (kind === 'purge') return await rows.purgeWhere(due);
    const deleted = await rows.deleteWhere(due);
    return withDeleted ? await rows.purgeWhere(among(batch, plan)) : deleted;
  });
}

/** The rows with the keys of these ones. */
function among(batch: readonly Row[], { primaryKey }: TablePlan): Row {
  const [only, ...more] = primaryKey.map(({ key }) => key);
  if (only !== undefined && more.length === 0) return { [only]: { in: batch.map((row) => row[only]) } };
  return { or: batch.map((row) => Object.fromEntries(primaryKey.map(({ key }) => [key, row[key]]))) };
}

function rowsOf({ policy }: Stage, session: Session): Rows {
  return createRepository(policy.table as TableOf<Row, Row, Row>, session);
}
