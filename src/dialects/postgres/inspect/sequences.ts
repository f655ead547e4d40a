import type { Sequence } from '../../../catalog/model/sequence.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from './read-rows.ts';
import { notOfExtension, objectName, type Scope } from './scope.ts';

/** A sequence that is not the inside of an identity column. */
export interface SequenceRow {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly start: string | null;
  readonly increment: string | null;
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly cycle: boolean;
  /** What the model has no word for, as options of `alter sequence`; empty where there is nothing. */
  readonly settings: string;
  /** The table and column that it goes away with. */
  readonly owner: string | null;
  readonly ownerColumn: string | null;
}

export async function readSequences(connection: Connection, scope: Scope): Promise<readonly SequenceRow[]> {
  return await readRows<SequenceRow>(connection, query, [scope.parameter]);
}

export function sequenceOf(row: SequenceRow, scope: Scope): Sequence {
  return {
    ...objectName(scope, row.namespace, row.name),
    ...(row.start === null ? {} : { start: row.start }),
    ...(row.increment === null ? {} : { increment: row.increment }),
    ...(row.minimum === null ? {} : { minimum: row.minimum }),
    ...(row.maximum === null ? {} : { maximum: row.maximum }),
    ...(row.cycle ? { cycle: true } : {}),
  };
}

const query = `
select c.oid as "id", n.nspname as "namespace", c.relname as "name",
  nullif(s.seqstart, case when s.seqincrement > 0 then s.seqmin else s.seqmax end)::text as "start",
  nullif(s.seqincrement, 1)::text as "increment",
  nullif(s.seqmin, case when s.seqincrement > 0 then 1 else -9223372036854775808 end)::text as "minimum",
  nullif(s.seqmax, case when s.seqincrement > 0 then 9223372036854775807 else -1 end)::text as "maximum",
  s.seqcycle as "cycle",
  concat(case when s.seqtypid <> 'int8'::regtype then ' as ' || format_type(s.seqtypid, null) end,
    case when s.seqcache <> 1 then ' cache ' || s.seqcache end) as "settings",
  d.refobjid as "owner", a.attname as "ownerColumn"
from pg_sequence s
join pg_class c on c.oid = s.seqrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass
  and d.refobjsubid > 0 and d.deptype in ('a', 'i')
left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
where n.nspname = any($1::text[]) and d.deptype is distinct from 'i' and ${notOfExtension('pg_class', 'c.oid')}
order by n.nspname collate "C", c.relname collate "C"`;
