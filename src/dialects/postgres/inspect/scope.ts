import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { InspectOptions } from '../../../dialect/inspector.ts';
import type { Connection } from '../../../driver/connection.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { arrayText } from '../array-text.ts';

/** Which part of a database is read. */
export interface Scope {
  readonly defaultNamespace: string;
  readonly namespaces: readonly string[];
  /** The namespaces as a query's parameter. */
  readonly parameter: string;
  readonly exclude: readonly string[];
}

export async function readScope(connection: Connection, options: InspectOptions = {}): Promise<Scope> {
  const { rows } = await connection.run({ sql: 'select current_schema()' }, []);
  const found = rows[0]?.[0];
  if (typeof found !== 'string')
    throw new RowhouseError('OBJECT_MISSING', 'no schema of the search path exists', {
      hint: 'create the schema, or set another search_path',
    });
  const namespaces = [found, ...(options.namespaces ?? []).filter((name) => name !== found)];
  return {
    defaultNamespace: found,
    namespaces,
    parameter: arrayText(namespaces),
    exclude: options.exclude ?? [],
  };
}

/** A name as the catalog writes it: the default namespace is left out. */
export function objectName(scope: Scope, namespace: string, name: string): ObjectName {
  return namespace === scope.defaultNamespace ? { name } : { namespace, name };
}

/** The condition that leaves out what an extension brought along. */
export function notOfExtension(classId: string, objectId: string): string {
  return `not exists (select from pg_depend member where member.classid = '${classId}'::regclass and member.objid = ${objectId} and member.deptype = 'e')`;
}
