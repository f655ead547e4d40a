import { withoutParked } from '../../../catalog/model/parked.ts';
import { sortByName, type Catalog } from '../../../catalog/model/catalog.ts';
import type { InspectOptions } from '../../../dialect/inspector.ts';
import type { ServerFacts } from '../../../dialect/dialect.ts';
import type { Connection } from '../../../driver/connection.ts';
import { enumOf } from './enums.ts';
import { readComments } from './comments.ts';
import { readDependencies } from './dependencies.ts';
import { divide } from './divide.ts';
import { placeRawParts } from './placement.ts';
import { objectKey } from './raw-part.ts';
import { readRawObjects } from './raw-objects.ts';
import { objectName, readScope } from './scope.ts';
import { sequenceOf } from './sequences.ts';
import { readStructure, type Structure } from './structure.ts';
import { postgresTypes } from '../types.ts';

/** Reads what a PostgreSQL database is, in about twenty queries whatever its size. */
export async function readCatalog(
  connection: Connection,
  facts: ServerFacts,
  options?: InspectOptions,
): Promise<Catalog> {
  const scope = await readScope(connection, options);
  const structure = await readStructure(connection, scope);
  const objects = await readRawObjects(connection, scope, relationNames(structure));
  const dependencies = await readDependencies(connection);
  const parts = divide(structure, objects, dependencies, { facts, types: postgresTypes(facts) });
  const comments = await readComments(connection, scope, keptKeys(structure, parts));
  return withoutParked({
    namespaces: scope.namespaces.filter((name) => name !== scope.defaultNamespace).toSorted(),
    enums: sortByName(structure.enums.map((row) => enumOf(row, scope))),
    sequences: sortByName(structure.sequences.map((row) => sequenceOf(row, scope))),
    tables: sortByName(parts.tables),
    views: parts.views,
    raw: placeRawParts([...parts.raw, ...comments], dependencies, parts.isModelled),
  });
}

function relationNames({ scope, relations }: Structure): ReadonlyMap<string, ReturnType<typeof objectName>> {
  return new Map([...relations.values()].map(({ id, namespace, name }) => [id, objectName(scope, namespace, name)]));
}

function keptKeys(
  structure: Structure,
  parts: ReturnType<typeof divide>,
): { readonly isKept: (key: string) => boolean; readonly hasModel: (key: string, isColumn: boolean) => boolean } {
  const indexes = [...structure.indexes.values()].flat();
  const constraints = [...structure.constraints.values()].flat();
  const isTable = (key: string): boolean => {
    const kind = structure.relations.get(key.slice('pg_class:'.length))?.kind;
    return key.startsWith('pg_class:') && (kind === 'r' || kind === 'p');
  };
  const carried = new Set([
    ...structure.enums.map(({ id }) => objectKey('pg_type', id)),
    ...indexes.filter(({ plain }) => plain).map(({ id }) => objectKey('pg_class', id)),
  ]);
  const kept = new Set([
    ...carried,
    ...[...structure.relations.keys()].map((id) => objectKey('pg_class', id)),
    ...indexes.map(({ id }) => objectKey('pg_class', id)),
    ...constraints.map(({ id }) => objectKey('pg_constraint', id)),
    ...constraints.flatMap(({ type, index }) => (type === 'f' || index === null ? [] : [objectKey('pg_class', index)])),
    ...structure.sequences.map(({ id }) => objectKey('pg_class', id)),
    ...parts.raw.map(({ key }) => key),
  ]);
  return {
    isKept: (key) => kept.has(key),
    hasModel: (key, isColumn) => carried.has(key) || isTable(key) || (!isColumn && parts.isModelled(key)),
  };
}
