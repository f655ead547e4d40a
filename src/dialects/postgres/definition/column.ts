import type { Column, ColumnDefault, Identity } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import { displayName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionServer } from './server.ts';
import { capabilityMissing, newName, postgresText, qualified } from '../text.ts';
import { printType } from '../type-text.ts';
import { columnSettings } from './column-settings.ts';
import { commentText } from './comment.ts';
import { expressionText } from './expression.ts';
import { numberOptions } from './number-source.ts';

/** One column of `create table` or `add column`. */
export function columnDefinition(table: ObjectName, column: Column, server: DefinitionServer): string {
  const where = `${displayName(table)}.${column.name}`;
  const unsupported = server.types.unsupported(column.type);
  if (unsupported !== undefined) throw capabilityMissing(where, `the type cannot exist here`, unsupported);
  return [
    newName(column.name),
    printType(column.type),
    ...(column.collation === undefined ? [] : [`collate ${postgresText.name(column.collation)}`]),
    ...(column.generated === undefined ? [] : [generatedText(where, column.generated, server)]),
    ...(column.identity === undefined ? [] : [identityText(column.identity)]),
    ...(column.default === undefined ? [] : [`default ${defaultText(column.default, column.type)}`]),
    ...(column.nullable ? [] : ['not null']),
  ].join(' ');
}

/** What the definition of a column cannot say: its settings and its comment. */
export function columnExtras(table: ObjectName, column: Column): readonly string[] {
  return [...columnSettings(table, column), ...columnComment(table, column)];
}

function columnComment(table: ObjectName, column: Column): readonly string[] {
  return commentText(`column ${qualified(table)}.${postgresText.name(column.name)}`, column.comment);
}

/** The value of a `default` clause. A constant is untyped text where it can be: the server reads it as the column's type. */
export function defaultText(value: ColumnDefault, type: ColumnType): string {
  switch (value.kind) {
    case 'literal':
      return postgresText.literal(value.value);
    case 'now':
      return nowText(type);
    case 'expression':
      return `(${expressionText(value.expression)})`;
  }
}

/** The moment in UTC whatever the session's time zone is: a wall clock takes over the session's otherwise. */
function nowText(type: ColumnType): string {
  switch (type.kind) {
    case 'timestamp':
      return `(now() at time zone 'UTC')`;
    case 'date':
      return `(now() at time zone 'UTC')::date`;
    case 'time':
      return `(now() at time zone 'UTC')::time`;
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
    case 'timestamptz':
    case 'interval':
    case 'json':
    case 'enum':
    case 'array':
    case 'vector':
    case 'native':
      return 'now()';
  }
}

/** How a column is computed, as it stands in its definition. */
export function generatedText(
  where: string,
  generated: NonNullable<Column['generated']>,
  server: DefinitionServer,
): string {
  if (!generated.stored && Number.parseInt(server.facts.version, 10) < 18) {
    throw capabilityMissing(
      where,
      'generated columns that are not stored need postgresql 18',
      'make the column stored',
    );
  }
  return `generated always as (${expressionText(generated.expression)}) ${generated.stored ? 'stored' : 'virtual'}`;
}

/** How a column is numbered, as it stands in its definition. */
export function identityText({ generation, ...source }: Identity): string {
  const options = numberOptions(source).join(' ');
  return `generated ${generation.replace('-', ' ')} as identity${options === '' ? '' : ` (${options})`}`;
}
