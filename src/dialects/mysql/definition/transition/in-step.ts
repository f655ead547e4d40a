import { findTable } from '../../../../catalog/model/catalog.ts';
import type { Expression } from '../../../../catalog/model/expression.ts';
import { findColumn, type Table } from '../../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { constantDefault, inStepName, type InStep } from '../../../../dialect/in-step.ts';
import { mysqlText } from '../../text.ts';
import { expressionText, making, removing, type DefinitionContext } from '../context.ts';

const moments = ['insert', 'update'] as const;

type Moment = (typeof moments)[number];

/**
 * A trigger before each insert and one before each update carry over what was written to one column only. They fire
 * before the server looks at constraints, so either column may be left out even where it must have a value.
 */
export function compileInStep(change: InStep, context: DefinitionContext): readonly DefinitionStatement[] {
  return moments.map((moment) => {
    const name = inStepName(change, moment);
    const object = { kind: 'raw', type: 'trigger', name, table: change.table.name } as const;
    return change.kind === 'stop-in-step'
      ? removing(`drop trigger ${mysqlText.name(name)}`, object)
      : making(createTrigger(change, moment, name, context), object);
  });
}

function createTrigger(change: InStep, moment: Moment, name: string, context: DefinitionContext): string {
  const { forward, back } = change;
  const table = findTable(context.catalog, change.table);
  const [from, to] = [field(change.from), field(change.to)];
  const forth = forward === undefined ? from : ofRow(forward, table, context);
  const backwards = back === undefined ? to : ofRow(back, table, context);
  const write = moment === 'insert' ? afterInsert(change, table) : afterUpdate(change);
  return `create trigger ${mysqlText.name(name)} before ${moment} on ${mysqlText.name(change.table.name)} for each row
begin
  if not (${to} <=> ${forth} or ${from} <=> ${backwards}) then
    if ${write.back} then set ${from} = ${backwards};
    elseif ${write.forward} then set ${to} = ${forth};
    end if;
  end if;
end`;
}

/** When a write of this kind is carried over which way. */
interface Conditions {
  readonly back: string;
  readonly forward: string;
}

function afterUpdate({ from, to }: InStep): Conditions {
  const changed = (column: string): string => `not (${field(column)} <=> old.${mysqlText.name(column)})`;
  return { back: changed(to), forward: changed(from) };
}

function afterInsert({ from, to }: InStep, table: Table | undefined): Conditions {
  const given = (column: string): string => {
    const value = constantDefault(table && findColumn(table, column));
    const differs = value === undefined ? '' : ` and not (${field(column)} <=> ${mysqlText.literal(value)})`;
    return `(${field(column)} is not null${differs})`;
  };
  return {
    back: `${field(to)} is not null and (${given(to)} or not ${given(from)})`,
    forward: `${field(from)} is not null`,
  };
}

/** The expression over the row that is being written. */
function ofRow(expression: Expression, table: Table | undefined, context: DefinitionContext): string {
  const columns = (table?.columns ?? []).map(({ name }) => `${field(name)} as ${mysqlText.name(name)}`);
  return `(select ${expressionText(expression, context)} from (select ${columns.join(', ')}) as written)`;
}

function field(column: string): string {
  return `new.${mysqlText.name(column)}`;
}
