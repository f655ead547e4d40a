import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { describeChange } from '../../../src/catalog/change/describe-change.ts';
import { makeCatalog } from '../../../src/database/make-catalog.ts';
import type { PinnedSession } from '../../../src/database/pinned-session.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { planDown, planUp, type RevisionPlan } from '../../../src/migration/plan/revision-plan.ts';
import { dumpRows } from '../../../src/migration/prove/dump-rows.ts';
import { fillTables } from '../../../src/migration/prove/fill-tables.ts';
import { findLosses } from '../../../src/migration/prove/find-losses.ts';
import { rowDifferences } from '../../../src/migration/prove/row-differences.ts';
import { seededNumbers } from '../../../src/migration/prove/seeded-numbers.ts';
import { readStructure } from '../../../src/ops/compare/read-structure.ts';
import { revision } from '../../integration/migration/history.ts';
import { differences } from './differences.ts';
import type { Pair } from './open-pair.ts';
import { randomCatalog, someChanges } from './random-catalog.ts';
import { chance } from './random-member.ts';
import { revisionsOf, type Route } from './routes.ts';
import { runStatements } from './run-statements.ts';

/** What a sequence of changes did wrong, and the kinds that were in it. */
export interface Journey {
  readonly kinds: readonly string[];
  readonly wrong: readonly string[];
}

/**
 * Makes a random catalog with rows, changes it at random, and takes the changes back: there it must be what the changed
 * catalog makes from nothing, and back again what it was, with its rows.
 */
export async function goThereAndBack({ walked, direct }: Pair, seed: number, route: Route): Promise<Journey> {
  const { dialect } = walked;
  const given = chance(seededNumbers(seed), dialect);
  const start = randomCatalog(given);
  for (const { columns } of start.tables) for (const { name } of columns) given.filled.add(name);
  const parts = revisionsOf(someChanges(given, start, 1 + given.random(6)), start, route, dialect);
  const changes = parts.flat();
  const kinds = changes.map(({ kind }) => kind);
  const told = `seed ${seed}, ${route}: ${parts.map((part) => part.map(describeChange).join('; ')).join(' || ')}`;
  try {
    await makeCatalog(walked, start);
    await fillTables(walked, start, { rows: 5, seed, nulls: false });
    const [before, rows] = [await readStructure(walked), await dumpRows(walked, start)];
    await makeCatalog(direct, applyChanges(changes, start));
    const plans = plansOf(parts, start, walked);
    for (const { up } of plans) await runStatements(walked, up.statements);
    const [wanted, reached] = await Promise.all([readStructure(direct), readStructure(walked)]);
    const there = differences(wanted, reached);
    for (const { down } of plans.toReversed()) await runStatements(walked, down.statements);
    const back = differences(before, await readStructure(walked));
    const lost = rowDifferences(rows, await dumpRows(walked, start), {
      ...findLosses(changes, start),
      anything: false,
    });
    const wrong = [...label('there', there), ...label('back', back), ...label('rows', lost)];
    return { kinds, wrong: wrong.length === 0 ? [] : [told, ...wrong] };
  } catch (error) {
    return { kinds, wrong: [told, reasonOf(error)] };
  }
}

interface BothWays {
  readonly up: RevisionPlan;
  readonly down: RevisionPlan;
}

function plansOf(
  parts: readonly (readonly Change[])[],
  start: Parameters<typeof planUp>[1],
  { dialect }: PinnedSession,
): readonly BothWays[] {
  let before = start;
  return parts.map((part, position) => {
    const one = revision(`r${position}`, [], part);
    const both = { up: planUp(one, before, dialect), down: planDown(one, before, dialect) };
    before = applyChanges(part, before);
    return both;
  });
}

/** What went wrong, with the statement that the server did not take. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const { statement = '' } = error instanceof RowhouseError ? error.details : {};
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return `${error.message} ${cause} ${JSON.stringify(statement)}`;
}

function label(where: string, found: readonly string[]): readonly string[] {
  return found.map((each) => `${where}: ${each}`);
}
