import type { Table } from '../../../catalog/model/table.ts';
import type { View } from '../../../catalog/model/view.ts';
import type { DefinitionServer } from '../definition/server.ts';
import type { ConstraintRow } from './constraints.ts';
import { inOrder, type Dependencies } from './dependencies.ts';
import { lateness, withNeeds } from './placement.ts';
import { rawConstraint, rawIndex } from './raw-constraints.ts';
import { rawDetails } from './raw-details.ts';
import { objectKey, type RawPart } from './raw-part.ts';
import { rawTable } from './raw-tables.ts';
import type { Relation } from './relations.ts';
import type { Structure } from './structure.ts';
import { isPlainTable, tableOf } from './tables.ts';
import { isView, rawView, viewOf } from './views.ts';

/** What the model says, and what stays SQL text. */
export interface Division {
  readonly tables: readonly Table[];
  /** Each after those it reads. */
  readonly views: readonly View[];
  readonly raw: readonly RawPart[];
  /** Is it the key of a table or view of the model? */
  readonly isModelled: (key: string) => boolean;
}

/** Tells model and raw apart. A thing goes raw when it says more than the model can, or needs what is made later than it. */
export function divide(
  structure: Structure,
  objects: readonly RawPart[],
  dependencies: Dependencies,
  server: DefinitionServer,
): Division {
  const relations = [...structure.relations.values()];
  const tables = relations.filter(isPlainTable);
  const special = relations
    .filter((relation) => !isPlainTable(relation) && !isView(relation))
    .map((relation) => rawTable(relation, structure, server));
  const views = divideViews(structure, [...objects, ...special], dependencies);
  const modelled = new Set([...tables, ...views.plain].map(({ id }) => objectKey('pg_class', id)));
  const keys = divideKeys(structure, [...objects, ...special], dependencies, (key) => modelled.has(key));
  const indexes = [...structure.indexes.values()].flat();
  return {
    tables: tables.map((relation) => tableOf(relation, structure, keys.isPlain)),
    views: views.plain.map((relation) => viewOf(relation, structure)),
    raw: [
      ...objects,
      ...special,
      ...views.raw.map((relation) => rawView(relation, structure)),
      ...keys.raw.flatMap((row) =>
        ofRelation(structure, row.relation, (relation) =>
          rawConstraint(row, relation, structure.scope, targetKey(row, structure)),
        ),
      ),
      ...indexes
        .filter((row) => !row.plain || isViewId(structure, row.relation))
        .flatMap((row) => ofRelation(structure, row.relation, (relation) => rawIndex(row, relation, structure.scope))),
      ...rawDetails(structure),
    ],
    isModelled: (key) => modelled.has(key),
  };
}

function divideViews(
  structure: Structure,
  parts: readonly RawPart[],
  dependencies: Dependencies,
): { readonly plain: readonly Relation[]; readonly raw: readonly Relation[] } {
  const isBase = (key: string): boolean => {
    const relation = relationOf(structure, key);
    return relation !== undefined && (isPlainTable(relation) || isView(relation));
  };
  const byKey = new Map(parts.map((part) => [part.key, part]));
  const isLate = lateness(byKey, withNeeds(parts, dependencies), isBase);
  const keys = [...structure.relations.values()].filter(isView).map(({ id }) => objectKey('pg_class', id));
  const plain: Relation[] = [];
  const raw: Relation[] = [];
  const rawKeys = new Set<string>();
  for (const key of inOrder(keys, dependencies)) {
    const relation = relationOf(structure, key);
    if (relation === undefined) continue;
    const needs = dependencies.get(key) ?? [];
    const waits = needs.some((needed) => rawKeys.has(needed) || (byKey.has(needed) && isLate(needed)));
    if (waits || relation.options !== null) {
      raw.push(relation);
      rawKeys.add(key);
    } else {
      plain.push(relation);
    }
  }
  return { plain, raw };
}

/** A foreign key to a table, constraint or index that is made late is made later still. */
function divideKeys(
  structure: Structure,
  parts: readonly RawPart[],
  dependencies: Dependencies,
  isModelled: (key: string) => boolean,
): { readonly raw: readonly ConstraintRow[]; readonly isPlain: (row: ConstraintRow) => boolean } {
  const isLate = lateness(new Map(parts.map((part) => [part.key, part])), withNeeds(parts, dependencies), isModelled);
  const constraints = [...structure.constraints.values()].flat();
  const rawIndexes = new Set([
    ...[...structure.indexes.values()].flat().flatMap((row) => (row.plain ? [] : [row.id])),
    ...constraints.flatMap(({ type, plain, index }) => (type === 'f' || plain || index === null ? [] : [index])),
  ]);
  const isPlain = (row: ConstraintRow): boolean => {
    if (!row.plain) return false;
    if (row.type !== 'f') return true;
    const relation = structure.relations.get(row.relation);
    const target = row.target === null ? undefined : structure.relations.get(row.target);
    if (relation === undefined || !isPlainTable(relation) || rawIndexes.has(row.index ?? '')) return false;
    return target === undefined || isPlainTable(target) || !isLate(objectKey('pg_class', target.id));
  };
  const stays = (row: ConstraintRow): boolean => row.type !== 'c' || row.isLocal;
  return { raw: constraints.filter((row) => !isPlain(row) && stays(row)), isPlain };
}

/** The constraint or index whose uniqueness a foreign key rests on. */
function targetKey(row: ConstraintRow, { constraints }: Structure): string | undefined {
  if (row.type !== 'f' || row.index === null) return undefined;
  const owner = (constraints.get(row.target ?? '') ?? []).find(
    ({ type, index }) => type !== 'f' && index === row.index,
  );
  return owner === undefined ? objectKey('pg_class', row.index) : objectKey('pg_constraint', owner.id);
}

function relationOf(structure: Structure, key: string): Relation | undefined {
  return key.startsWith('pg_class:') ? structure.relations.get(key.slice('pg_class:'.length)) : undefined;
}

function isViewId(structure: Structure, id: string): boolean {
  const relation = structure.relations.get(id);
  return relation !== undefined && isView(relation);
}

function ofRelation(structure: Structure, id: string, make: (relation: Relation) => RawPart): readonly RawPart[] {
  const relation = structure.relations.get(id);
  return relation === undefined ? [] : [make(relation)];
}
