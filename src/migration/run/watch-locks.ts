import type { Blocker } from '../../dialect/migration-session.ts';
import type { PlanRun } from './migration-context.ts';
import { tellProgress } from './tell-progress.ts';

/** 0.3 s: a lock that is given sooner needs no explanation. */
const firstLookMs = 300;

/** 5 s: often enough for someone who watches, seldom enough to be no load. */
const nextLookMs = 5_000;

/** Runs `work`; while it waits for a lock, tells on the progress who is in the way, as another connection sees it. */
export async function watchLocks<T>(run: PlanRun, position: number, work: () => Promise<T>): Promise<T> {
  if (run.context.onProgress === undefined || run.session.dialect.migrationSession?.blockers === undefined)
    return await work();
  const done = new AbortController();
  let looking: Promise<void> | undefined;
  let timer = setTimeout(look, firstLookMs);
  function look(): void {
    looking = tellBlockers(run, position, done.signal);
    timer = setTimeout(look, nextLookMs);
  }
  try {
    return await work();
  } finally {
    done.abort();
    clearTimeout(timer);
    await looking;
  }
}

async function tellBlockers(run: PlanRun, position: number, signal: AbortSignal): Promise<void> {
  const blockers = await findBlockers(run, signal);
  if (blockers.length > 0 && !signal.aborted) tellProgress(run, position, { stage: 'waits', blockers });
}

/** Nobody when it cannot be found out: the run itself goes on without knowing. */
async function findBlockers({ context, session }: PlanRun, signal: AbortSignal): Promise<readonly Blocker[]> {
  try {
    return await context.database.pinned(
      async ({ connection, dialect }) =>
        (await dialect.migrationSession?.blockers?.(connection, session.connection.sessionId)) ?? [],
      { signal },
    );
  } catch {
    return [];
  }
}
