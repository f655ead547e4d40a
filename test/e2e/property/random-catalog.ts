import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { emptyCatalog, type Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { planDown, planUp } from '../../../src/migration/plan/revision-plan.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { revision } from '../../integration/migration/history.ts';
import { randomChange } from './random-change.ts';
import { randomTable, type Chance } from './random-member.ts';

/** Two tables and what six changes make of them. */
export function randomCatalog(given: Chance): Catalog {
  const tables = Array.from({ length: 2 }, () => randomTable(given, emptyCatalog));
  const catalog = applyChanges(
    tables.map((table): Change => ({ kind: 'create-table', table })),
    emptyCatalog,
  );
  return applyChanges(someChanges(given, catalog, 6), catalog);
}

/** Changes that fit one after the other, and that the engine says it can make in this company and take back. */
export function someChanges(
  given: Chance,
  start: Catalog,
  count: number,
  leftOut: readonly Change['kind'][] = [],
): readonly Change[] {
  const changes: Change[] = [];
  for (let tries = 0; changes.length < count && tries < 60; tries += 1) {
    const change = randomChange(given, applyChanges(changes, start));
    if (change === undefined || leftOut.includes(change.kind)) continue;
    if (isPossible(revision('try', [], [...changes, change]), start, given.dialect)) changes.push(change);
  }
  return changes;
}

function isPossible(one: LoadedRevision, start: Catalog, dialect: Dialect): boolean {
  try {
    planUp(one, start, dialect);
    planDown(one, start, dialect);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

const refusals = ['CAPABILITY_MISSING', 'CHANGE_UNSUPPORTED', 'PLAN_REFUSED', 'CHANGE_INVALID', 'SCHEMA_INVALID'];

function isRefusal(error: unknown): boolean {
  return error instanceof RowhouseError && refusals.includes(error.code);
}
