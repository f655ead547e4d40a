import type { Column, ColumnDefault } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { Flavor } from '../flavor.ts';
import { refuse, refuseName, refuseSupplementary } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { mysqlTypes } from '../types.ts';
import { printType } from '../types/print-type.ts';
import { expressionText, type DefinitionContext } from './context.ts';
import { memberOption } from './member-option.ts';

/** A column as it stands in `create table` and `add column`. */
export function printColumn(column: Column, table: Table, context: DefinitionContext): string {
  refuseColumn(column, table, context.flavor);
  const onUpdate = table.options?.[memberOption('on_update', column.name)];
  const isInvisible = table.options?.[memberOption('invisible', column.name)] === true;
  return [
    mysqlText.name(column.name),
    printType(column.type, context.flavor, context.catalog),
    column.collation === undefined ? '' : `collate ${column.collation}`,
    generatedText(column, context),
    nullability(column, context.flavor),
    column.default === undefined ? '' : `default ${defaultText(column.default, column.type, context)}`,
    onUpdate === undefined ? '' : `on update ${onUpdate}`,
    column.identity === undefined ? '' : 'auto_increment',
    isInvisible ? 'invisible' : '',
    column.comment === undefined ? '' : `comment ${mysqlText.literal(column.comment)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/**
 * An identity column becomes `auto_increment`, which takes numbers from outside too: `always` is refused rather than
 * weakened.
 */
function refuseColumn(column: Column, table: Table, flavor: Flavor): void {
  refuseName(table, column.name);
  refuseSupplementary(table, column.name, [column.comment ?? '', literalText(column.default)]);
  const reason = mysqlTypes(flavor).unsupported(column.type);
  if (reason !== undefined) throw refuse(table, column.name, reason, 'choose another type for the column');
  if (column.identity?.generation === 'always')
    throw refuse(
      table,
      column.name,
      'an identity column cannot refuse given numbers here',
      "use the generation 'by-default'",
    );
  if (column.identity?.increment !== undefined && column.identity.increment !== '1')
    throw refuse(table, column.name, 'an identity column cannot have a step here', 'leave the increment out');
}

function literalText(value: ColumnDefault | undefined): string {
  return value?.kind === 'literal' ? String(value.value) : '';
}

function generatedText({ generated }: Column, context: DefinitionContext): string {
  if (generated === undefined) return '';
  return `generated always as (${expressionText(generated.expression, context)}) ${generated.stored ? 'stored' : 'virtual'}`;
}

/** `null` is said too: a `timestamp` column is not null unless it is. */
function nullability(column: Column, flavor: Flavor): string {
  if (column.generated !== undefined) return column.nullable || !flavor.generatedNotNull ? '' : 'not null';
  return column.nullable ? 'null' : 'not null';
}

function defaultText(value: ColumnDefault, type: ColumnType, context: DefinitionContext): string {
  switch (value.kind) {
    case 'literal': {
      const literal = mysqlText.literal(value.value);
      return value.value !== null && needsExpression(type) ? `(${literal})` : literal;
    }
    case 'now':
      return nowText(type);
    case 'expression': {
      const text = expressionText(value.expression, context);
      return plainDefault.test(text) ? text : `(${text})`;
    }
  }
}

/** What the servers keep as a plain default; in parentheses it would come back spelled in another way. */
const plainDefault = /^(?:b'[01]*'|current_timestamp(?:\(\d?\))?)$/i;

/** Long text and bytes take a default only as an expression. */
function needsExpression(type: ColumnType): boolean {
  if (type.kind === 'native') return /text|blob|geom|point|polygon|linestring|json/i.test(type.type);
  return type.kind === 'text' || type.kind === 'bytes' || type.kind === 'json';
}

/** `utc_…` and not `current_timestamp`: a session with another time zone must not write another moment. */
function nowText(type: ColumnType): string {
  switch (type.kind) {
    case 'timestamp':
    case 'timestamptz':
      return `(utc_timestamp(${type.precision}))`;
    case 'time':
      return `(utc_time(${type.precision}))`;
    case 'date':
      return '(utc_date())';
    case 'native': {
      const precision = /^timestamp\((\d)\)/i.exec(type.type)?.[1] ?? '0';
      return /^timestamp/i.test(type.type) ? `current_timestamp(${precision})` : '(utc_timestamp())';
    }
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'varchar':
    case 'char':
    case 'bytes':
    case 'uuid':
    case 'interval':
    case 'json':
    case 'enum':
    case 'array':
    case 'vector':
      return '(utc_timestamp())';
  }
}
