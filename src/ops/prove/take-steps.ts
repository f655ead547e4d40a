import type { Database } from '../../database/database.ts';
import type { Ledger } from '../../migration/ledger/ledger.ts';
import type { RevisionGraph } from '../../migration/revision/revision-graph.ts';
import type { MigrationProgress } from '../../migration/run/migration-context.ts';
import { downgrade, upgrade } from '../../migration/run/upgrade.ts';
import { previewDowngrade, previewUpgrade } from '../../migration/run/preview.ts';

/** A statement that ran, with how long it took. */
export interface Step {
  readonly sql: string;
  readonly ms: number;
}

interface StepsRequest {
  readonly database: Database;
  readonly request: {
    readonly graph: RevisionGraph;
    readonly ledger: Ledger;
    readonly signal?: AbortSignal | undefined;
  };
}

/** Goes one revision up or down, as `rowhouse up` and `down` do, and tells what each statement took. */
export async function takeSteps(
  direction: 'up' | 'down',
  { database, request }: StepsRequest,
): Promise<readonly Step[]> {
  const { graph, ledger, signal } = request;
  const context = { database, graph, ledger, signal };
  const target = direction === 'up' ? '+1' : '-1';
  const { plans } =
    direction === 'up' ? await previewUpgrade(context, target) : await previewDowngrade(context, target);
  const watch = stopwatch();
  const run = direction === 'up' ? upgrade : downgrade;
  await run({ ...context, onProgress: watch.see }, target);
  return (plans[0]?.statements ?? []).map(({ sql }, position) => ({ sql, ms: watch.timeOf(position) }));
}

interface Stopwatch {
  readonly see: (progress: MigrationProgress) => void;
  readonly timeOf: (statement: number) => number;
}

function stopwatch(): Stopwatch {
  const begun = new Map<number, number>();
  const times = new Map<number, number>();
  return {
    see: ({ statement, stage }) => {
      const now = performance.now();
      if (stage === 'begins') begun.set(statement, now);
      if (stage === 'ran') times.set(statement, now - (begun.get(statement) ?? now));
    },
    timeOf: (statement) => times.get(statement) ?? 0,
  };
}
