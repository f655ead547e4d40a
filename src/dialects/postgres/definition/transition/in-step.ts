import { findTable } from '../../../../catalog/model/catalog.ts';
import { findColumn } from '../../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { constantDefault, inStepName, type InStep } from '../../../../dialect/in-step.ts';
import { begins, joins } from '../../online/step.ts';
import { postgresText, qualified } from '../../text.ts';
import { expressionText } from '../expression.ts';
import type { PostgresTransitionContext } from '../transition.ts';

/**
 * A trigger before each write carries over what was written to one column only. It fires before the server looks at
 * constraints, so either column may be left out even where it must have a value.
 */
export function compileInStep(change: InStep, { before }: PostgresTransitionContext): readonly DefinitionStatement[] {
  const { table } = change;
  const name = inStepName(change, 'step');
  const routine = `${qualified({ ...table, name })}()`;
  if (change.kind === 'stop-in-step')
    return [
      begins(`drop trigger if exists ${postgresText.name(name)} on ${qualified(table)}`),
      joins(`drop function if exists ${routine}`),
    ];
  const columns = findTable(before, table);
  const given = (column: string): string => {
    const value = constantDefault(columns && findColumn(columns, column));
    const field = `new.${postgresText.name(column)}`;
    const differs = value === undefined ? '' : ` and ${field} is distinct from ${postgresText.literal(value)}`;
    return `(${field} is not null${differs})`;
  };
  return [
    begins(`create or replace function ${routine} returns trigger language plpgsql as $step$
${body(change, given)}
$step$`),
    joins(`create or replace trigger ${postgresText.name(name)} before insert or update on ${qualified(table)}
  for each row execute function ${routine}`),
  ];
}

/** What both columns say already, one way or the other, is left alone: a way that loses something must not write back. */
function body({ table, from, to, forward, back }: InStep, given: (column: string) => string): string {
  const [a, b] = [`new.${postgresText.name(from)}`, `new.${postgresText.name(to)}`];
  const row = `(select new.*) as ${postgresText.name(table.name)}`;
  const forth = forward === undefined ? a : `(select ${expressionText(forward)} from ${row})`;
  const backwards = back === undefined ? b : `(select ${expressionText(back)} from ${row})`;
  const old = (field: string): string => field.replace(/^new/, 'old');
  return `#variable_conflict use_column
begin
  if ${b} is not distinct from ${forth} or ${a} is not distinct from ${backwards} then
    return new;
  elsif tg_op = 'UPDATE' then
    if ${b} is distinct from ${old(b)} then ${a} := ${backwards};
    elsif ${a} is distinct from ${old(a)} then ${b} := ${forth};
    end if;
  elsif ${b} is not null and (${given(to)} or not ${given(from)}) then ${a} := ${backwards};
  elsif ${a} is not null then ${b} := ${forth};
  end if;
  return new;
end`;
}
