import { replaceTable } from '../../../../catalog/change/replace.ts';
import { findTable, type Catalog } from '../../../../catalog/model/catalog.ts';
import type { Expression } from '../../../../catalog/model/expression.ts';
import { findColumn, type Table } from '../../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { inStepName, type InStep } from '../../../../dialect/in-step.ts';
import { RowhouseError } from '../../../../errors/rowhouse-error.ts';
import { sqliteText } from '../../text.ts';
import { defaultText } from '../default.ts';
import { expressionText } from '../expression.ts';
import { remakeTable } from '../remake-table.ts';
import type { SqliteTransitionContext } from '../transition.ts';

/**
 * Triggers after each write carry over what was written to one column only. SQLite looks at `not null` before they fire,
 * so meanwhile neither column has it, and a trigger refuses the row that gives neither.
 */
export function compileInStep(change: InStep, { before }: SqliteTransitionContext): readonly DefinitionStatement[] {
  const table = findTable(before, change.table);
  if (table === undefined) throw new RowhouseError('CHANGE_INVALID', `there is no table ${change.table.name}`);
  const relaxed = withoutNotNull(before, change);
  if (change.kind === 'keep-in-step')
    return [
      ...remakeTable(table, { before, after: relaxed }),
      ...triggers(change, table).map(({ name, body }) => plain(`create trigger ${sqliteText.name(name)} ${body}`)),
    ];
  return [
    ...triggers(change, table).map(({ name }) => plain(`drop trigger if exists ${sqliteText.name(name)}`)),
    ...remakeTable(table, { before: relaxed, after: before }),
  ];
}

function withoutNotNull(catalog: Catalog, { table, from, to }: InStep): Catalog {
  return replaceTable(catalog, table, (found) => ({
    ...found,
    columns: found.columns.map((column) => ([from, to].includes(column.name) ? { ...column, nullable: true } : column)),
  }));
}

interface Trigger {
  readonly name: string;
  readonly body: string;
}

function triggers(change: InStep, table: Table): readonly Trigger[] {
  const { from, to, forward, back } = change;
  const [a, b] = [field(from), field(to)];
  const forth = forward === undefined ? a : ofRow(forward, table);
  const backwards = back === undefined ? b : ofRow(back, table);
  const agree = `(${b} is ${forth} or ${a} is ${backwards})`;
  const on = sqliteText.name(table.name);
  const write = (column: string, value: string): string =>
    `begin update ${on} set ${sqliteText.name(column)} = ${value} where ${sameRow(table)}; end`;
  const isBack = `${b} is not null and (${given(table, to)} or not ${given(table, from)})`;
  const changed = (column: string): string => `${field(column)} is not old.${sqliteText.name(column)}`;
  return [
    ...refusal(change, table),
    {
      name: inStepName(change, 'insert_back'),
      body: `after insert on ${on} when not ${agree} and ${isBack} ${write(from, backwards)}`,
    },
    {
      name: inStepName(change, 'insert'),
      body: `after insert on ${on} when not ${agree} and not (${isBack}) and ${a} is not null ${write(to, forth)}`,
    },
    {
      name: inStepName(change, 'update_back'),
      body: `after update of ${sqliteText.name(to)} on ${on} when not ${agree} and ${changed(to)} ${write(from, backwards)}`,
    },
    {
      name: inStepName(change, 'update'),
      body: `after update of ${sqliteText.name(from)} on ${on} when not ${agree} and ${changed(from)} and not (${changed(to)}) ${write(to, forth)}`,
    },
  ];
}

/** Stands in for the `not null` of the columns. */
function refusal(change: InStep, table: Table): readonly Trigger[] {
  const { from, to } = change;
  const required = [from, to].find((name) => findColumn(table, name)?.nullable === false);
  if (required === undefined) return [];
  const on = sqliteText.name(table.name);
  const message = sqliteText.literal(`NOT NULL constraint failed: ${table.name}.${required}`);
  return (['insert', 'update'] as const).map((moment) => ({
    name: inStepName(change, `${moment}_given`),
    body: `before ${moment} on ${on} when ${field(from)} is null and ${field(to)} is null begin select raise(abort, ${message}); end`,
  }));
}

function given(table: Table, name: string): string {
  const column = findColumn(table, name);
  const value = column?.default?.kind === 'literal' ? defaultText(column.default, column.type) : undefined;
  return `(${field(name)} is not null${value === undefined ? '' : ` and ${field(name)} is not ${value}`})`;
}

/** The expression over the row that was written. */
function ofRow(expression: Expression, table: Table): string {
  const columns = table.columns.map(({ name }) => `${field(name)} as ${sqliteText.name(name)}`);
  return `(select ${expressionText(expression)} from (select ${columns.join(', ')}))`;
}

function sameRow({ primaryKey, options }: Table): string {
  if (options?.['withoutRowid'] !== true) return 'rowid = new.rowid';
  return (primaryKey?.columns ?? []).map((name) => `${sqliteText.name(name)} = ${field(name)}`).join(' and ');
}

function field(column: string): string {
  return `new.${sqliteText.name(column)}`;
}

function plain(sql: string): DefinitionStatement {
  return { sql, transactional: true };
}
