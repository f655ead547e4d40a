import { withoutParked } from '../../catalog/model/parked.ts';
import { sortByName, type Catalog } from '../../catalog/model/catalog.ts';
import type { InspectOptions, Inspector } from '../../dialect/inspector.ts';
import type { ServerFacts } from '../../dialect/dialect.ts';
import type { Connection } from '../../driver/connection.ts';
import { enumOf } from './inspect/enums.ts';
import { readComments } from './inspect/comments.ts';
import { readDependencies } from './inspect/dependencies.ts';
import { holds } from './inspect/holds.ts';
import { divide } from './inspect/divide.ts';
import { placeRawParts } from './inspect/placement.ts';
import { objectKey } from './inspect/raw-part.ts';
import { readRawObjects } from './inspect/raw-objects.ts';
import { objectName, readScope } from './inspect/scope.ts';
import { sequenceOf } from './inspect/sequences.ts';
import { readStructure, type Structure } from './inspect/structure.ts';
import { postgresTypes } from './types.ts';

/** Reads what a PostgreSQL database is, in about twenty queries whatever its size. */
export function postgresInspector(facts: ServerFacts): Inspector {
  const server = { facts, types: postgresTypes(facts) };
  return {
    async inspect(connection: Connection, options?: InspectOptions): Promise<Catalog> {
      const scope = await readScope(connection, options);
      const structure = await readStructure(connection, scope);
      const objects = await readRawObjects(connection, scope, relationNames(structure));
      const dependencies = await readDependencies(connection);
      const parts = divide(structure, objects, dependencies, server);
      const comments = await readComments(connection, scope, keptKeys(structure, parts));
      return withoutParked({
        namespaces: scope.namespaces.filter((name) => name !== scope.defaultNamespace).toSorted(),
        enums: sortByName(structure.enums.map((row) => enumOf(row, scope))),
        sequences: sortByName(structure.sequences.map((row) => sequenceOf(row, scope))),
        tables: sortByName(parts.tables),
        views: parts.views,
        raw: placeRawParts([...parts.raw, ...comments], dependencies, parts.isModelled),
      });
    },
    holds,
  };
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
