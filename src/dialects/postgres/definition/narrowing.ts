import type { Column } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { Precheck } from '../../../dialect/definition.ts';
import { unfitRows, type CheckedTable } from '../../../dialect/prechecks.ts';
import { postgresText } from '../text.ts';

/** Asks for values that the column's new type has no room for. */
export function narrowing(table: CheckedTable, from: Column, to: Column): readonly Precheck[] {
  const condition = unfit(from.type, to.type, postgresText.name(to.name));
  return condition === undefined ? [] : [unfitRows(postgresText, table, condition, to.name)];
}

/** A condition that is true of the values that do not fit; undefined where all do, or where it cannot be said in SQL. */
function unfit(from: ColumnType, to: ColumnType, name: string): string | undefined {
  switch (to.kind) {
    case 'varchar':
    case 'char':
      return `char_length(rtrim(${name}::text)) > ${to.length}`;
    case 'smallint':
      return outside(from, name, 2n ** 15n);
    case 'integer':
      return outside(from, name, 2n ** 31n);
    case 'bigint':
      return outside(from, name, 2n ** 63n);
    case 'decimal':
      if (to.precision === undefined || !isNumber(from)) return undefined;
      return `abs(round(${name}::numeric, ${to.scale ?? 0})) >= 1e${to.precision - (to.scale ?? 0)}`;
    case 'uuid':
      return isText(from) ? `${name} !~* '^[{]?([0-9a-f]{4}-?){8}[}]?$'` : undefined;
    case 'enum':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'bytes':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'json':
    case 'array':
    case 'vector':
    case 'native':
      return undefined;
  }
}

function outside(from: ColumnType, name: string, limit: bigint): string | undefined {
  if (isNumber(from)) return `round(${name}::numeric) not between -${limit} and ${limit - 1n}`;
  return isText(from) ? `${name} !~ '^ *[-+]?[0-9]+ *$'` : undefined;
}

function isNumber({ kind }: ColumnType): boolean {
  return ['smallint', 'integer', 'bigint', 'decimal', 'real', 'double'].includes(kind);
}

function isText({ kind }: ColumnType): boolean {
  return kind === 'text' || kind === 'varchar' || kind === 'char';
}
