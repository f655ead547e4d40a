import { applyChanges } from '../../../src/catalog/change/apply.ts';
import { makeCatalog } from '../../../src/database/make-catalog.ts';
import type { Structure } from '../../../src/dialect/structure/fact.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { seededNumbers } from '../../../src/migration/prove/seeded-numbers.ts';
import { readStructure, structuresOf } from '../../../src/ops/compare/read-structure.ts';
import { differences } from './differences.ts';
import type { Pair } from './open-pair.ts';
import { randomCatalog, someChanges } from './random-catalog.ts';
import { chance } from './random-member.ts';
import { runStatements } from './run-statements.ts';

/** What goes wrong on the way from one database to another and back; nothing when the planner refuses the way. */
export async function goBetween({ walked, direct }: Pair, seed: number): Promise<readonly string[]> {
  const { dialect } = walked;
  const planner = await structuresOf(dialect);
  const given = chance(seededNumbers(seed), dialect);
  const catalog = randomCatalog(given);
  await makeCatalog(walked, catalog);
  await makeCatalog(direct, applyChanges(someChanges(given, catalog, 8), catalog));
  const [here, there] = [await readStructure(walked), await readStructure(direct)];
  const go = async (from: Structure, to: Structure): Promise<readonly string[]> => {
    await runStatements(walked, planner.plan(from, to));
    const reached = await readStructure(walked);
    return [...differences(to, reached), ...planner.plan(reached, to).map(({ sql }) => `left to do: ${sql}`)];
  };
  try {
    const wrong = [...(await go(here, there)), ...(await go(await readStructure(walked), here))];
    return wrong.length === 0 ? [] : [`seed ${seed}`, ...wrong];
  } catch (error) {
    if (!(error instanceof RowhouseError)) throw error;
    if (error.code === 'PLAN_REFUSED') return [];
    const cause = error.cause instanceof Error ? error.cause.message : '';
    return [`seed ${seed}`, `${error.message} ${cause} ${JSON.stringify(error.details['statement'])}`];
  }
}
