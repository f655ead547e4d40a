import type { Database } from '../../database/database.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Effects } from '../../dialect/effects.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { foldRevisions, planUp } from '../../migration/plan/revision-plan.ts';
import { measurePlan } from '../../migration/prove/measure-plan.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import { makeRevisions } from '../compare/make-revisions.ts';
import { makeScratch, type ScratchDatabase, type ScratchPlace } from '../compare/scratch-database.ts';

type Measured = readonly (Effects | undefined)[];
type Fill = (session: PinnedSession) => Promise<unknown>;

/** Measures the way up of one revision after another, beside the proof, on a scratch database of its own. */
export interface Measuring extends AsyncDisposable {
  /** Empty where the statements of the revision cannot be measured: a proof does not depend on it. */
  measure(before: readonly LoadedRevision[], revision: LoadedRevision, fill: Fill): Promise<Measured>;
}

/** Opens what measures; where the engine cannot be asked, nothing is opened and every measure is empty. */
export async function openMeasuring({ dialect }: Database, place: ScratchPlace): Promise<Measuring> {
  if (dialect.effects === undefined) return { measure: async () => [], [Symbol.asyncDispose]: async () => undefined };
  let scratch: ScratchDatabase | undefined;
  let made: readonly LoadedRevision[] = [];
  const reset = async (): Promise<void> => {
    await scratch?.[Symbol.asyncDispose]();
    [scratch, made] = [undefined, []];
  };
  return {
    async measure(before, revision, fill) {
      if (made.length !== before.length) await reset();
      scratch ??= await makeScratch(place);
      try {
        const isNew = made.length === 0;
        const found = await measureOne(scratch.database, isNew ? before : [], before, revision, fill);
        if (found.length > 0) made = [...before, revision];
        return found;
      } catch (error) {
        await reset();
        if (!(error instanceof RowhouseError)) throw error;
        return [];
      }
    },
    [Symbol.asyncDispose]: reset,
  };
}

async function measureOne(
  database: Database,
  missing: readonly LoadedRevision[],
  before: readonly LoadedRevision[],
  revision: LoadedRevision,
  fill: Fill,
): Promise<Measured> {
  await database.pinned(async (session) => await makeRevisions(session, missing));
  await database.pinned(fill);
  return await measurePlan(database, planUp(revision, foldRevisions(before), database.dialect));
}
