import { applyChange, applyChanges } from '../../catalog/change/apply.ts';
import type { Change } from '../../catalog/change/change.ts';
import { sortByName, type Catalog } from '../../catalog/model/catalog.ts';
import { contentHash } from '../../catalog/snapshot/content-hash.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { dangling } from './dangling.ts';
import { tearsReaders } from './torn-readers.ts';

/** Two changes of different branches that cannot both be made, or not in either order with the same result. */
export interface Conflict<T> {
  readonly ours: T;
  readonly theirs: T;
}

/**
 * The first conflict between two branches that start at `base`, or undefined when they commute: made in either order,
 * they give the same catalog, the order of columns aside. `changeOf` gives the change that an entry of a branch holds.
 */
export function findConflict<T>(
  base: Catalog,
  ours: readonly T[],
  theirs: readonly T[],
  changeOf: (entry: T) => Change,
): Conflict<T> | undefined {
  if (commute(base, ours.map(changeOf), theirs.map(changeOf))) return undefined;
  let row = base;
  for (const mine of ours) {
    let catalog = row;
    for (const other of theirs) {
      if (!commute(catalog, [changeOf(mine)], [changeOf(other)])) return { ours: mine, theirs: other };
      catalog = applyChange(changeOf(other), catalog);
    }
    row = applyChange(changeOf(mine), row);
  }
  return undefined;
}

function commute(base: Catalog, ours: readonly Change[], theirs: readonly Change[]): boolean {
  const [one, other] = [tryApply(base, [...ours, ...theirs]), tryApply(base, [...theirs, ...ours])];
  if (one === undefined || other === undefined) return false;
  if (contentHash(withoutOrder(one)) !== contentHash(withoutOrder(other))) return false;
  return !isTorn(base, ours, theirs, one) && !tearsReaders(ours, theirs);
}

/** Did one branch take away what something of the other names? Neither of them sees it. */
function isTorn(base: Catalog, ours: readonly Change[], theirs: readonly Change[], both: Catalog): boolean {
  const alone = [ours, theirs].flatMap((changes) => dangling(tryApply(base, changes) ?? base));
  return dangling(both).some((name) => !alone.includes(name));
}

/** Undefined where a change does not fit what the others left. */
function tryApply(base: Catalog, changes: readonly Change[]): Catalog | undefined {
  try {
    return applyChanges(changes, base);
  } catch (error) {
    if (RowhouseError.has(error, 'CHANGE_INVALID')) return undefined;
    throw error;
  }
}

function withoutOrder(catalog: Catalog): Catalog {
  return {
    ...catalog,
    tables: catalog.tables.map((table) => ({
      ...table,
      columns: sortByName(table.columns),
      uniques: sortByName(table.uniques),
      checks: sortByName(table.checks),
      foreignKeys: sortByName(table.foreignKeys),
      indexes: sortByName(table.indexes),
    })),
    views: sortByName(catalog.views),
    raw: catalog.raw.toSorted((a, b) => (contentHash(a) < contentHash(b) ? -1 : 1)),
  };
}
