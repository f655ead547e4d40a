import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { newName, postgresText, qualified } from '../text.ts';
import type { ConstraintText } from './constraint.ts';
import { begins, type StepOptions } from './step.ts';

/**
 * Adds a foreign key to a partitioned table where the server takes none that is not valid yet (before PostgreSQL 18):
 * each partition gets and proves its own, a transaction each, and then the table gets one that they become parts of. The
 * server finds them proved and reads nothing.
 */
export function addPartitionedForeignKey(
  { table, name, definition }: ConstraintText,
  options: StepOptions = {},
): readonly DefinitionStatement[] {
  const whole = `alter table ${qualified(table)} add constraint ${newName(name)} ${definition}`;
  return [proveParts({ table, name, definition }, options), begins(whole)];
}

/** A partition that has it, or has proved it, is passed over, so a second run goes on where the first stopped. */
function proveParts({ table, name, definition }: ConstraintText, options: StepOptions): DefinitionStatement {
  const add = dollar(`alter table %s add constraint ${newName(name)} ${definition} not valid`.replaceAll('%', '%%'));
  const sql = `do $parts$
declare
  part regclass;
begin
  for part in
    select p.relid from pg_catalog.pg_partition_tree(${postgresText.literal(qualified(table))}) p where p.isleaf order by 1
  loop
    if not exists (select from pg_catalog.pg_constraint where conrelid = part and conname = ${postgresText.literal(name)}) then
      execute pg_catalog.format(${add.replace('%%s', '%s')}, part);
      commit;
    end if;
    if exists (select from pg_catalog.pg_constraint
        where conrelid = part and conname = ${postgresText.literal(name)} and not convalidated) then
      execute pg_catalog.format('alter table %s validate constraint %I', part, ${postgresText.literal(name)});
      commit;
    end if;
  end loop;
end $parts$`;
  const { note, prechecks } = options;
  return {
    sql,
    transactional: false,
    class: 'scan',
    segment: 'alone',
    repeatable: true,
    ...(note === undefined ? {} : { note }),
    ...(prechecks === undefined || prechecks.length === 0 ? {} : { prechecks }),
  };
}

function dollar(sql: string): string {
  return `$add$${sql}$add$`;
}
