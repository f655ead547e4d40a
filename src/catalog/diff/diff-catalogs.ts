import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { sameRaw } from '../change/apply.ts';
import type { Change } from '../change/change.ts';
import { createTables } from '../change/create-catalog.ts';
import { findTable, type Catalog } from '../model/catalog.ts';
import { displayName, sameName, type ObjectName } from '../model/object-name.ts';
import { canonicalJson } from '../snapshot/canonical-json.ts';
import { diffTable } from './diff-table.ts';

/**
 * The changes that lead from one authored catalog to another: drops of what stands on tables, tables, then what stands
 * on them. Throws `CHANGE_UNSUPPORTED` naming every difference it cannot express yet, and each drop that could be half
 * of a rename.
 */
export function diffCatalogs(from: Catalog, to: Catalog): readonly Change[] {
  const obstacles = [...tableRenames(from, to), ...changedInPlace(from, to)];
  const kept = to.tables.flatMap((table) => {
    const before = findTable(from, table);
    return before === undefined ? [] : [diffTable(before, table)];
  });
  obstacles.push(...kept.flatMap((diff) => diff.obstacles));
  if (obstacles.length > 0) throw unsupported(obstacles);
  const removed = dropTables(from, to);
  return [
    ...dropViewsAndRaw(from, to),
    ...removed.foreignKeys,
    ...kept.flatMap((diff) => diff.drops),
    ...removed.tables,
    ...missing(from.enums, to.enums).map((name): Change => ({ kind: 'drop-enum', enum: nameOf(name) })),
    ...missing(from.sequences, to.sequences).map((name): Change => ({ kind: 'drop-sequence', sequence: nameOf(name) })),
    ...from.namespaces
      .filter((name) => !to.namespaces.includes(name))
      .map((name): Change => ({ kind: 'drop-namespace', name })),
    ...to.namespaces
      .filter((name) => !from.namespaces.includes(name))
      .map((name): Change => ({ kind: 'create-namespace', name })),
    ...missing(to.enums, from.enums).map((type): Change => ({ kind: 'create-enum', enum: type })),
    ...missing(to.sequences, from.sequences).map((sequence): Change => ({ kind: 'create-sequence', sequence })),
    ...addedRaw(from, to, 'before-tables'),
    ...kept.flatMap((diff) => diff.columns),
    ...createTables(missing(to.tables, from.tables)),
    ...kept.flatMap((diff) => diff.additions),
    ...to.views.filter((view) => !unchangedView(from, view)).map((view): Change => ({ kind: 'create-view', view })),
    ...addedRaw(from, to, 'after-tables'),
  ];
}

function missing<T extends ObjectName>(objects: readonly T[], among: readonly ObjectName[]): readonly T[] {
  return objects.filter((object) => !among.some((other) => sameName(object, other)));
}

function nameOf({ namespace, name }: ObjectName): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}

/** A view that changed is dropped and made anew. */
function unchangedView(from: Catalog, view: Catalog['views'][number]): boolean {
  const before = from.views.find((other) => sameName(other, view));
  return before !== undefined && canonicalJson(before) === canonicalJson(view);
}

function dropViewsAndRaw(from: Catalog, to: Catalog): readonly Change[] {
  const views = from.views.filter((view) => {
    const after = to.views.find((other) => sameName(other, view));
    return after === undefined || canonicalJson(after) !== canonicalJson(view);
  });
  const raw = from.raw.filter((object) => !to.raw.some((other) => sameObject(object, other)));
  return [
    ...raw.toReversed().map((object): Change => ({ kind: 'drop-raw', object })),
    ...views.toReversed().map((view): Change => ({ kind: 'drop-view', view: nameOf(view) })),
  ];
}

function addedRaw(from: Catalog, to: Catalog, stage: 'before-tables' | 'after-tables'): readonly Change[] {
  return to.raw
    .filter((object) => object.stage === stage && !from.raw.some((other) => sameObject(object, other)))
    .map((object) => ({ kind: 'create-raw', object }));
}

function sameObject(a: Catalog['raw'][number], b: Catalog['raw'][number]): boolean {
  return sameRaw(a, b) && canonicalJson(a) === canonicalJson(b);
}

interface RemovedTables {
  readonly foreignKeys: readonly Change[];
  readonly tables: readonly Change[];
}

/** Foreign keys go first, so that tables can go in any order. */
function dropTables(from: Catalog, to: Catalog): RemovedTables {
  const removed = missing(from.tables, to.tables);
  return {
    foreignKeys: removed.flatMap((table) =>
      table.foreignKeys.map(({ name }): Change => ({ kind: 'drop-foreign-key', table: nameOf(table), name })),
    ),
    tables: removed.map((table): Change => ({ kind: 'drop-table', table: nameOf(table) })),
  };
}

function tableRenames(from: Catalog, to: Catalog): readonly string[] {
  const gone = missing(from.tables, to.tables);
  const fresh = missing(to.tables, from.tables);
  return gone.flatMap((old) =>
    fresh
      .filter((table) => canonicalJson(table.columns) === canonicalJson(old.columns))
      .map(
        (table) =>
          `table ${displayName(old)} is gone and ${displayName(table)} has the same columns: a rename, or a drop and a new table?`,
      ),
  );
}

function changedInPlace(from: Catalog, to: Catalog): readonly string[] {
  const changed = <T extends ObjectName>(kind: string, before: readonly T[], after: readonly T[]): readonly string[] =>
    after
      .filter((object) => {
        const other = before.find((candidate) => sameName(candidate, object));
        return other !== undefined && canonicalJson(other) !== canonicalJson(object);
      })
      .map((object) => `${kind} ${displayName(object)} changed`);
  return [...changed('enum', from.enums, to.enums), ...changed('sequence', from.sequences, to.sequences)];
}

function unsupported(obstacles: readonly string[]): RowhouseError {
  return new RowhouseError('CHANGE_UNSUPPORTED', `the change cannot be made by itself: ${obstacles.join('; ')}`, {
    details: { obstacles },
    hint: 'make a revision with `rowhouse revision -m TEXT` and write these steps as raw-sql changes',
  });
}
