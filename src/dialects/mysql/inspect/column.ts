import type { Column, ColumnDefault } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { EnumType } from '../../../catalog/model/enum-type.ts';
import { textExpression } from '../../../catalog/model/expression.ts';
import { parseEnumValues } from '../types/parse-enum-values.ts';
import { parseType } from '../types/parse-type.ts';
import type { CatalogQueries, ReportedDefault } from './catalog-queries.ts';
import type { Row } from './rows.ts';

/** A column as the server reports it, with the facts that the catalog keeps elsewhere. */
export interface InspectedColumn {
  readonly column: Column;
  /** The values, when the column's type is an enum. */
  readonly enum?: EnumType;
  readonly onUpdate?: string;
  readonly isInvisible: boolean;
  readonly generation?: string;
}

/** What a column's row is read with. */
export interface ColumnContext {
  readonly queries: CatalogQueries;
  readonly tableCollation: string | undefined;
  readonly isJson: (column: string) => boolean;
}

/** The column that a row of the information schema describes. */
export function inspectColumn(row: Row, context: ColumnContext): InspectedColumn {
  const [table = '', name = '', defaultText, nullable, typeText = '', extra = '', generation, collation, comment = ''] =
    row;
  const enumName = `${table}_${name}`;
  const type = spatialType(parseType({ text: typeText, collation, isJson: context.isJson(name), enumName }), row[9]);
  const isGenerated = /\bGENERATED\b/.test(extra.replace('DEFAULT_GENERATED', ''));
  const expression = isGenerated && generation !== undefined ? context.queries.expression(generation) : undefined;
  const reported = isGenerated || defaultText === undefined ? undefined : context.queries.defaultOf(defaultText, extra);
  const onUpdate = /on update (\S+)/i.exec(extra)?.[1]?.toLowerCase();
  const column: Column = {
    name,
    type,
    nullable: nullable === 'YES',
    ...(reported === undefined ? {} : { default: toDefault(reported, type) }),
    ...(expression === undefined
      ? {}
      : { generated: { expression: textExpression(expression), stored: !extra.includes('VIRTUAL') } }),
    ...(extra.includes('auto_increment') ? { identity: { generation: 'by-default' as const } } : {}),
    ...(hasOwnCollation(type, collation, context) ? { collation } : {}),
    ...(comment === '' ? {} : { comment }),
  };
  return {
    column,
    isInvisible: extra.includes('INVISIBLE'),
    ...(type.kind === 'enum' ? { enum: { name: enumName, values: parseEnumValues(typeText) } } : {}),
    ...(onUpdate === undefined ? {} : { onUpdate }),
    ...(expression === undefined ? {} : { generation: expression }),
  };
}

/** A spatial reference is part of the type: without it the column would take other shapes. */
function spatialType(type: ColumnType, reference: string | undefined): ColumnType {
  return reference === undefined || type.kind !== 'native'
    ? type
    : { kind: 'native', type: `${type.type} srid ${reference}` };
}

function hasOwnCollation(
  type: ColumnType,
  collation: string | undefined,
  { tableCollation }: ColumnContext,
): collation is string {
  if (collation === undefined || collation === tableCollation) return false;
  return type.kind !== 'uuid' && type.kind !== 'interval' && type.kind !== 'json';
}

function toDefault(reported: ReportedDefault, type: ColumnType): ColumnDefault {
  switch (reported.kind) {
    case 'constant':
      return { kind: 'literal', value: constantOf(reported.text, type) };
    case 'expression':
      return isNow(reported.text, type)
        ? { kind: 'now' }
        : { kind: 'expression', expression: textExpression(reported.text) };
  }
}

function constantOf(text: string, type: ColumnType): string | number | boolean {
  if (type.kind === 'boolean') return text !== '0';
  const isNumber =
    type.kind === 'smallint' || type.kind === 'integer' || type.kind === 'real' || type.kind === 'double';
  return isNumber ? Number(text) : text;
}

/** The moment in UTC at the column's own precision. `current_timestamp` is one only where the column converts it to UTC. */
function isNow(text: string, type: ColumnType): boolean {
  const [, word = '', digits = ''] =
    /^(utc_timestamp|utc_time|utc_date|current_timestamp)(?:\((\d?)\))?$/i.exec(text) ?? [];
  const precision = Number(digits);
  switch (word.toLowerCase()) {
    case 'utc_timestamp':
      return !('precision' in type) || (type.kind !== 'time' && type.precision === precision);
    case 'utc_time':
      return type.kind === 'time' && type.precision === precision;
    case 'utc_date':
      return type.kind === 'date';
    case 'current_timestamp':
      return type.kind === 'native' && type.type === (precision === 0 ? 'timestamp' : `timestamp(${precision})`);
  }
  return false;
}
