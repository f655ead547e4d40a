import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { describeChange } from '../../../src/catalog/change/describe-change.ts';
import { diffCatalogs, unclearRenames } from '../../../src/catalog/diff/diff-catalogs.ts';
import { noDecisions } from '../../../src/catalog/diff/rename.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { makeCatalog } from '../../../src/database/make-catalog.ts';
import { isFilledIn } from '../../../src/catalog/model/column.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { planDown, planUp } from '../../../src/migration/plan/revision-plan.ts';
import { dumpRows } from '../../../src/migration/prove/dump-rows.ts';
import { fillTables } from '../../../src/migration/prove/fill-tables.ts';
import { findLosses } from '../../../src/migration/prove/find-losses.ts';
import { rowDifferences } from '../../../src/migration/prove/row-differences.ts';
import { seededNumbers } from '../../../src/migration/prove/seeded-numbers.ts';
import { readStructure } from '../../../src/ops/compare/read-structure.ts';
import { structureDifferences } from '../../../src/ops/compare/structure-differences.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { revision } from '../../integration/migration/history.ts';
import type { Pair } from './open-pair.ts';
import { randomCatalog, someChanges } from './random-catalog.ts';
import { chance } from './random-member.ts';
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
export async function goThereAndBack({ walked, direct }: Pair, seed: number, compared: boolean): Promise<Journey> {
  const { dialect } = walked;
  const given = chance(seededNumbers(seed), dialect);
  const start = randomCatalog(given);
  for (const { columns } of start.tables) for (const { name } of columns) given.filled.add(name);
  // to a comparison a renamed column is another one: where it must have a value, the rows that are there have none
  const left: readonly Change['kind'][] = compared ? ['rename-column', 'park-column'] : [];
  const changes = someChanges(given, start, 1 + given.random(6), left);
  const found = compared ? differences(start, applyChanges(changes, start)) : changes;
  const up = found.some(needsValues) ? [] : found;
  const second = revision('r2', ['r1'], up);
  const kinds = up.map(({ kind }) => kind);
  try {
    await makeCatalog(walked, start);
    await fillTables(walked, start, { rows: 5, seed, nulls: false });
    const [before, rows] = [await readStructure(walked), await dumpRows(walked, start)];
    await makeCatalog(direct, applyChanges(up, start));
    await runStatements(walked, planUp(second, start, dialect).statements);
    const there = structureDifferences(await readStructure(direct), await readStructure(walked));
    await runStatements(walked, planDown(second, start, dialect).statements);
    const back = structureDifferences(before, await readStructure(walked));
    const lost = rowDifferences(rows, await dumpRows(walked, start), findLosses(up, start));
    const wrong = [...label('there', there), ...label('back', back), ...label('rows', lost)];
    return { kinds, wrong: wrong.length === 0 ? [] : [story(seed, compared, second), ...wrong] };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { statement = '' } = error instanceof RowhouseError ? error.details : {};
    const cause = error.cause instanceof Error ? error.cause.message : '';
    return { kinds, wrong: [story(seed, compared, second), `${error.message} ${cause} ${JSON.stringify(statement)}`] };
  }
}

function label(where: string, found: readonly unknown[]): readonly string[] {
  return found.map((each) => `${where}: ${JSON.stringify(each)}`);
}

/** What was tried, for a person who wants to see it again. */
function story(seed: number, compared: boolean, { up }: LoadedRevision): string {
  return `seed ${seed}${compared ? ', compared' : ''}: ${up.map(describeChange).join('; ')}`;
}

/** A column that must have a value comes or goes with rows in its table: one of the two ways is closed to them. */
function needsValues(change: Change): boolean {
  return change.kind === 'add-column' && !isFilledIn(change.column);
}

/** What comparing the two catalogs gives, where everything that is gone is meant to go. */
function differences(from: Catalog, to: Catalog): readonly Change[] {
  let decisions = noDecisions;
  for (let [question] = unclearRenames(from, to, decisions); question !== undefined;) {
    decisions = { ...decisions, drops: [...decisions.drops, question.gone] };
    [question] = unclearRenames(from, to, decisions);
  }
  return diffCatalogs(from, to, decisions);
}
