import { interruption } from '../../database/interruption.ts';
import type { MigrationProgress, PlanRun } from './migration-context.ts';

/** Says how a statement gets on. */
export function tellProgress(
  { context, plan }: PlanRun,
  statement: number,
  news: Pick<MigrationProgress, 'stage' | 'blockers' | 'retryInMs' | 'filled' | 'says'>,
): void {
  const { revision, direction, statements } = plan;
  context.onProgress?.({ revision, direction, statement, statements: statements.length, ...news });
}

/** Says which statement is next; this is where a run stops when it is asked to. */
export function beginStatement(run: PlanRun, statement: number): void {
  const { signal } = run.context;
  if (signal?.aborted === true) throw interruption(signal.reason);
  tellProgress(run, statement, { stage: 'begins' });
}
