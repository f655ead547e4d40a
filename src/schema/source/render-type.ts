import type { ColumnType } from '../../catalog/model/column-type.ts';
import { renderText } from './render-value.ts';
import type { SourceContext } from './source-context.ts';

/** The builder call that makes a column of this type. */
export function renderType(type: ColumnType, context: SourceContext): string {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'interval':
    case 'json':
      return `${context.use(type.kind)}()`;
    case 'decimal':
      return `${context.use('decimal')}(${digits(type)})`;
    case 'varchar':
      return `${context.use('text')}({ max: ${type.length} })`;
    case 'char':
      return `${context.use('char')}(${type.length})`;
    case 'time':
    case 'timestamp':
      return `${context.use(type.kind)}(${precision(type.precision, 0)})`;
    case 'timestamptz':
      return `${context.use('timestamptz')}(${precision(type.precision, 3)})`;
    case 'enum':
      return `${context.names.enum(type)}()`;
    case 'array':
      return `${context.use('array')}(${renderType(type.of, context)})`;
    case 'vector':
      return `${context.use('vector')}(${type.dimensions})`;
    case 'native':
      return `${context.use('native')}(${renderText(type.type)})`;
  }
}

function digits({ precision: total, scale }: Extract<ColumnType, { kind: 'decimal' }>): string {
  if (total === undefined) return '';
  return scale === undefined || scale === 0 ? `{ precision: ${total} }` : `{ precision: ${total}, scale: ${scale} }`;
}

function precision(digitsOfSecond: number, usual: number): string {
  return digitsOfSecond === usual ? '' : `{ precision: ${digitsOfSecond} }`;
}
