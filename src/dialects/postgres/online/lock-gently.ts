import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { postgresText, qualified } from '../text.ts';

/** Half a second: before the server looks for deadlocks, the one who waits here has let go. */
const patienceMs = 500;

/** 600 tries of half a second and a pause take some ten minutes. */
const tries = 600;

/**
 * Takes a lock on each of the tables, or on none: whoever comes in between finds what was locked so far free again. Who
 * waits behind it waits for half a second at most.
 */
export function lockGently(tables: readonly ObjectName[], mode: 'access exclusive' | 'share row exclusive'): string {
  const locks = tables.map((table) => `lock table only ${qualified(table)} in ${mode} mode;`);
  return untilLocked(
    [`perform pg_catalog.set_config('lock_timeout', '${patienceMs}ms', true);`, ...locks].join('\n      '),
  );
}

/**
 * Takes a lock on a partitioned table and on each of its partitions, whichever there are by then, or on none. All of them
 * together are waited for no longer than one.
 */
export function lockPartsGently(table: ObjectName): string {
  const parts = `pg_catalog.pg_partition_tree(${postgresText.literal(qualified(table))})`;
  return untilLocked(`declare
        part regclass;
        patience double precision;
        began constant timestamptz := pg_catalog.clock_timestamp();
      begin
        for part in select relid from ${parts} order by level, relid loop
          patience := ${patienceMs} - 1000 * extract(epoch from pg_catalog.clock_timestamp() - began);
          perform pg_catalog.set_config('lock_timeout', greatest(patience, 1)::int || 'ms', true);
          execute pg_catalog.format('lock table only %s in access exclusive mode', part);
        end loop;
      end;`);
}

/** Tries to lock, with a pause before each new try. One that fails gives back what it has locked. */
function untilLocked(lock: string): string {
  return `do $lock$
begin
  for attempt in 1..${tries} loop
    begin
      ${lock}
      return;
    exception when lock_not_available or deadlock_detected then
      if attempt = ${tries} then
        raise;
      end if;
    end;
    perform pg_catalog.pg_sleep(0.1 + pg_catalog.random() * 0.2);
  end loop;
end $lock$`;
}
