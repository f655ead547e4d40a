import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { emptyCatalog, type Catalog } from '../../../src/catalog/model/catalog.ts';
import { fits } from './is-possible.ts';
import { randomChange } from './random-change.ts';
import { randomTable, type Chance } from './random-member.ts';

/** Two tables and what six changes make of them. */
export function randomCatalog(given: Chance): Catalog {
  let tables: readonly Change[] = [];
  while (tables.length < 2) {
    const more: Change = { kind: 'create-table', table: randomTable(given, emptyCatalog) };
    if (fits([...tables, more], emptyCatalog, given.dialect)) tables = [...tables, more];
  }
  const catalog = applyChanges(tables, emptyCatalog);
  return applyChanges(someChanges(given, catalog, 6), catalog);
}

/** Changes that fit one after the other, and that the engine says it can make in this company and take back. */
export function someChanges(given: Chance, start: Catalog, count: number): readonly Change[] {
  let changes: readonly Change[] = [];
  for (let tries = 0, made = 0; made < count && tries < 60; tries += 1) {
    const more = randomChange(given, applyChanges(changes, start));
    if (more.length === 0 || !fits([...changes, ...more], start, given.dialect)) continue;
    changes = [...changes, ...more];
    made += 1;
  }
  return changes;
}
