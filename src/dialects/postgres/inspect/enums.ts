import type { EnumType } from '../../../catalog/model/enum-type.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from './read-rows.ts';
import { notOfExtension, objectName, type Scope } from './scope.ts';

/** A named type of values as the server's catalog has it. */
export interface EnumRow {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly values: readonly string[] | null;
  readonly comment: string | null;
}

export async function readEnums(connection: Connection, scope: Scope): Promise<readonly EnumRow[]> {
  return await readRows<EnumRow>(connection, query, [scope.parameter]);
}

export function enumOf({ namespace, name, values, comment }: EnumRow, scope: Scope): EnumType {
  return {
    ...objectName(scope, namespace, name),
    values: values ?? [],
    ...(comment === null ? {} : { comment }),
  };
}

const query = `
select t.oid as "id", n.nspname as "namespace", t.typname as "name",
  (select array_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as "values",
  obj_description(t.oid, 'pg_type') as "comment"
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where n.nspname = any($1::text[]) and t.typtype = 'e' and ${notOfExtension('pg_type', 't.oid')}
order by n.nspname collate "C", t.typname collate "C"`;
