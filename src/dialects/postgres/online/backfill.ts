import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { postgresText, qualified } from '../text.ts';
import { writes } from './step.ts';

/** Rows that are to get a new value. */
export interface Backfill {
  readonly table: ObjectName;
  /** `"email" = lower("email")`. */
  readonly set: string;
  /** True of the rows that have not got it yet, so that a second run goes on where the first stopped. */
  readonly pending: string;
}

/** 256 pages are 2 MiB: a few thousand rows, locked for well under a second. */
const pagesAtOnce = 256;

/**
 * Writes rows page by page, a transaction each. Pages that come while it runs hold rows which were written since, and
 * those are the trigger's or the default's to fill. Tables that inherit or are partitions are written too.
 */
export function backfill({ table, set, pending }: Backfill): DefinitionStatement {
  const update = `update only %s set ${escaped(set)} where ctid >= $1 and ctid < $2 and (${escaped(pending)})`;
  const name = postgresText.literal(qualified(table));
  return writes(`do $backfill$
declare
  part regclass;
  page bigint;
  pages bigint;
begin
  for part in
    with recursive parts (id) as (
      select ${name}::regclass::oid
      union select i.inhrelid from pg_catalog.pg_inherits i join parts on i.inhparent = parts.id
    )
    select parts.id from parts join pg_catalog.pg_class c on c.oid = parts.id where c.relkind = 'r' order by 1
  loop
    page := 0;
    pages := pg_catalog.pg_relation_size(part) / pg_catalog.current_setting('block_size')::bigint;
    while page < pages loop
      execute pg_catalog.format(${dollar(update)}, part)
        using pg_catalog.format('(%s,0)', page)::tid, pg_catalog.format('(%s,0)', page + ${pagesAtOnce})::tid;
      commit;
      page := page + ${pagesAtOnce};
    end loop;
  end loop;
end $backfill$`);
}

/** A percent sign is one of `format`'s own. */
function escaped(sql: string): string {
  return sql.replaceAll('%', '%%');
}

function dollar(sql: string): string {
  return `$update$${sql}$update$`;
}
