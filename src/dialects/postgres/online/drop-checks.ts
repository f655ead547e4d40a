import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { postgresText, qualified } from '../text.ts';
import { begins } from './step.ts';

/**
 * Drops the checks of a table but for these. A table that was detached concurrently keeps its bound as a check, unless its
 * other checks say as much, under a name that only the server knows.
 */
export function dropChecksBut(table: ObjectName, kept: readonly string[]): DefinitionStatement {
  const name = postgresText.literal(qualified(table));
  const others = kept.map((check) => postgresText.literal(check)).join(', ');
  return begins(
    `do $checks$
declare
  bound name;
begin
  for bound in
    select conname from pg_catalog.pg_constraint
    where conrelid = ${name}::pg_catalog.regclass and contype = 'c' and coninhcount = 0${kept.length === 0 ? '' : ` and conname not in (${others})`}
  loop
    execute pg_catalog.format('alter table %s drop constraint %I', ${name}, bound);
  end loop;
end $checks$`,
    { note: `the check of its bound that the server leaves on ${table.name}, under a name of its own choosing` },
  );
}
