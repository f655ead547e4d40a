import type { Numbering, NumberingStatement } from '../../dialect/numbering.ts';
import { unquoted } from './printed-name.ts';

/** Sequences: those that a column owns, as identity and serial columns do, and those that its default reads. */
export const postgresNumbering: Numbering = { passMaximum };

function passMaximum(table: string, column: string): NumberingStatement {
  return {
    sql: `with edge as (select max(${column})::bigint as top, min(${column})::bigint as bottom from ${table}),
      place as (select attrelid, attnum from pg_attribute where attrelid = $1::regclass and attname = $2),
      found as (
        select d.objid as id from pg_depend d join place p on d.refobjid = p.attrelid and d.refobjsubid = p.attnum
        where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
        union
        select d.refobjid from place p
        join pg_attrdef f on f.adrelid = p.attrelid and f.adnum = p.attnum
        join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = f.oid and d.refclassid = 'pg_class'::regclass
      )
      select setval(s.seqrelid::regclass, far.value) from found
      join pg_sequence s on s.seqrelid = found.id
      cross join edge
      cross join lateral (
        select case when s.seqincrement > 0
          then greatest(edge.top, pg_sequence_last_value(s.seqrelid))
          else least(edge.bottom, pg_sequence_last_value(s.seqrelid)) end as value
      ) far
      where far.value between s.seqmin and s.seqmax`,
    values: [table, unquoted(column)],
  };
}
