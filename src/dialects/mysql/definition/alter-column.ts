import { hash } from 'node:crypto';
import type { Alteration } from '../../../catalog/change/alteration.ts';
import { memberBefore } from '../../../catalog/change/find-before.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { Expression } from '../../../catalog/model/expression.ts';
import { mentions } from '../../../catalog/change/mentions.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refuse } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { printColumn } from './column.ts';
import { notNullCheck, printCheck } from './constraint.ts';
import { alterTable, expressionText, making, memberOf, removing, setting, type AlterationContext } from './context.ts';
import { columnPrechecks } from './prechecks.ts';
import { dropCheck } from './rename-table.ts';
import { tableOf } from './table-of.ts';

type AlterColumn = Extract<Alteration, { kind: 'alter-column' }>;

/** A column with another definition, always said in full: what `modify` leaves out is lost. */
export function alterColumn(
  { table: name, column, using }: AlterColumn,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const [old, next] = [tableOf(name, before), tableOf(name, after)];
  const from = memberBefore(before.catalog, name, 'columns', column.name);
  const prechecks = columnPrechecks(old, from, column, after);
  if (using !== undefined) return convert({ from, to: column, old, next, using }, after);
  const checks = [
    ...notNullCheck(from, old, before).map((check) => dropCheck(check.name)),
    ...notNullCheck(column, next, after).map((check) => `add ${printCheck(check, next, after)}`),
  ];
  const sql = alterTable(name, [...change(from, column, next, after), ...(checks.length === 1 ? checks : [])]);
  return [{ ...setting(sql), ...prechecks }];
}

function change(from: Column, to: Column, table: Table, after: AlterationContext['after']): readonly string[] {
  const text = printColumn(to, table, after);
  if (!changesKeeping(from, to)) return [`modify column ${text}`];
  if (to.generated === undefined)
    throw refuse(table, to.name, 'a computed column cannot become an ordinary one', 'add a new column and fill it');
  if (isUsed(table, to.name))
    throw refuse(table, to.name, 'a computed column in a key cannot be kept in another way', 'drop the key first');
  return [`drop column ${mysqlText.name(to.name)}`, `add column ${text}${place(table, to.name)}`];
}

/** No server turns a virtual column into a stored one or back; its values can be computed anew. */
function changesKeeping(from: Column, to: Column): boolean {
  const isVirtual = (column: Column): boolean => column.generated?.stored === false;
  return isVirtual(from) !== isVirtual(to);
}

interface Conversion {
  readonly from: Column;
  readonly to: Column;
  readonly old: Table;
  readonly next: Table;
  readonly using: Expression;
}

/** The servers convert values in their own way only; any other way goes through a column beside the old one. */
function convert(
  { to, old, next, using }: Conversion,
  after: AlterationContext['after'],
): readonly DefinitionStatement[] {
  if (isUsed(old, to.name))
    throw refuse(
      old,
      to.name,
      'a column in a key, a constraint or an expression is not converted by an expression of yours',
      'drop what uses it first, or fill a new column',
    );
  const interim = `rh_${hash('sha256', `${old.name}.${to.name}`).slice(0, 12)}_new`;
  const [column, temporary, table] = [to.name, interim, old.name].map((name) => mysqlText.name(name));
  const { default: _, generated: __, identity: ___, ...bare } = to;
  const beside = printColumn({ ...bare, name: interim, nullable: true }, next, after);
  const object = memberOf(old, 'column', interim);
  return [
    making(alterTable(old, [`add column ${beside}`]), object),
    {
      sql: `update ${table} set ${temporary} = ${expressionText(using, after)}`,
      transactional: false,
      class: 'data',
      repeatable: true,
    },
    removing(
      alterTable(old, [
        `drop column ${column}`,
        `change column ${temporary} ${printColumn(to, next, after)}${place(next, to.name)}`,
      ]),
      object,
    ),
  ];
}

function place({ columns }: Table, name: string): string {
  const before = columns[columns.findIndex((column) => column.name === name) - 1];
  return before === undefined ? ' first' : ` after ${mysqlText.name(before.name)}`;
}

/** Is the column part of a key or constraint of its table, or does an expression speak of it? */
function isUsed({ primaryKey, uniques, foreignKeys, indexes, checks, columns }: Table, name: string): boolean {
  const keys = [primaryKey, ...uniques, ...foreignKeys].flatMap((key) => key?.columns ?? []);
  const indexed = indexes.flatMap((index) => index.keys.flatMap((key) => key.column ?? []));
  const expressions = [
    ...checks.map(({ expression }) => expression),
    ...columns.flatMap(({ generated }) => generated?.expression ?? []),
    ...indexes.flatMap((index) => [...index.keys.flatMap((key) => key.expression ?? []), index.where ?? []].flat()),
  ];
  return [...keys, ...indexed].includes(name) || expressions.some((expression) => mentions(expression, name));
}
