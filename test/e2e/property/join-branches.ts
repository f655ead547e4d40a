import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { describeChange } from '../../../src/catalog/change/describe-change.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { makeCatalog } from '../../../src/database/make-catalog.ts';
import type { PinnedSession } from '../../../src/database/pinned-session.ts';
import { findConflict } from '../../../src/migration/merge/commute.ts';
import { planUp } from '../../../src/migration/plan/revision-plan.ts';
import { seededNumbers } from '../../../src/migration/prove/seeded-numbers.ts';
import { readStructure } from '../../../src/ops/compare/read-structure.ts';
import { revision } from '../../integration/migration/history.ts';
import { differences } from './differences.ts';
import type { Pair } from './open-pair.ts';
import { randomCatalog, someChanges } from './random-catalog.ts';
import { chance } from './random-member.ts';
import { runStatements } from './run-statements.ts';

/** How two branches met. */
export interface Meeting {
  readonly conflict: boolean;
  readonly wrong: readonly string[];
}

/** Two branches that make up the same names for different things, as two people do. */
export async function joinBranches(pair: Pair, seed: number): Promise<Meeting> {
  const { dialect } = pair.walked;
  const random = seededNumbers(seed);
  const base = randomCatalog(chance(random, dialect));
  const branch = (): readonly Change[] => someChanges(chance(random, dialect, 100), base, 1 + random(3));
  const [ours, theirs] = [branch(), branch()];
  const conflict = findConflict(base, ours, theirs, (change) => change);
  if (conflict !== undefined) {
    const isNamed = ours.includes(conflict.ours) && theirs.includes(conflict.theirs);
    return { conflict: true, wrong: isNamed ? [] : [`seed ${seed}: the conflict names changes of no branch`] };
  }
  try {
    await goThrough(pair.walked, base, [ours, theirs]);
    await goThrough(pair.direct, base, [theirs, ours]);
    const found = differences(await readStructure(pair.walked), await readStructure(pair.direct));
    return { conflict: false, wrong: found.length === 0 ? [] : [story(seed, ours, theirs), ...found] };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { conflict: false, wrong: [story(seed, ours, theirs), error.message] };
  }
}

async function goThrough(
  session: PinnedSession,
  base: Catalog,
  branches: readonly (readonly Change[])[],
): Promise<void> {
  await makeCatalog(session, base);
  let catalog = base;
  for (const changes of branches) {
    await runStatements(session, planUp(revision('branch', [], changes), catalog, session.dialect).statements);
    catalog = applyChanges(changes, catalog);
  }
}

function story(seed: number, ours: readonly Change[], theirs: readonly Change[]): string {
  return `seed ${seed}: ${ours.map(describeChange).join('; ')} || ${theirs.map(describeChange).join('; ')}`;
}
