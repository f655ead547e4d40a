import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { Connection } from '../../../driver/connection.ts';
import { objectKey, postgresSql, type RawPart } from './raw-part.ts';
import { rawQueries } from './raw-queries.ts';
import { readRows } from './read-rows.ts';
import { objectName, type Scope } from './scope.ts';

interface RawRow {
  readonly catalog: string;
  readonly id: string;
  readonly type: string;
  /** Null: the object is in no namespace, or in that of its table. */
  readonly namespace: string | null;
  readonly name: string;
  /** The table it belongs to. */
  readonly relation: string | null;
  readonly create: string | null;
  readonly drop: string;
}

/** Functions, types, triggers and all else the server keeps that is neither a relation nor a part of one. */
export async function readRawObjects(
  connection: Connection,
  scope: Scope,
  relations: ReadonlyMap<string, ObjectName>,
): Promise<readonly RawPart[]> {
  const parts: RawPart[] = [];
  for (const query of rawQueries) {
    const rows = await readRows<RawRow>(connection, query, [scope.parameter]);
    for (const row of rows) {
      const table = row.relation === null ? undefined : relations.get(row.relation);
      if (row.relation === null || table !== undefined) parts.push(partOf(row, table, scope));
    }
  }
  return parts;
}

function partOf(row: RawRow, table: ObjectName | undefined, scope: Scope): RawPart {
  const name = row.namespace === null ? { ...table, name: row.name } : objectName(scope, row.namespace, row.name);
  return {
    key: objectKey(row.catalog, row.id),
    object: {
      type: row.type,
      ...name,
      ...(table === undefined ? {} : { table: table.name }),
      create: postgresSql(row.create),
      drop: postgresSql(row.drop),
    },
    ...(row.relation === null ? {} : { needs: [objectKey('pg_class', row.relation)] }),
  };
}
