import { findEnum, type Catalog } from '../../../catalog/model/catalog.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { Precheck } from '../../../dialect/definition.ts';
import { unfitRows, type CheckedTable } from '../../../dialect/prechecks.ts';
import { mysqlText } from '../text.ts';

/** Asks for values that the column's new type has no room for. */
export function narrowing(table: CheckedTable, from: Column, to: Column, catalog: Catalog): readonly Precheck[] {
  if (to.generated !== undefined) return [];
  const condition = unfit(from.type, to.type, `t.${mysqlText.name(to.name)}`, catalog);
  return condition === undefined ? [] : [unfitRows(mysqlText, table, condition, to.name)];
}

/** A condition that is true of the values that do not fit; undefined where all do, or where the server has to tell. */
function unfit(from: ColumnType, to: ColumnType, name: string, catalog: Catalog): string | undefined {
  switch (to.kind) {
    case 'varchar':
    case 'char':
      return roomOf(from) <= to.length ? undefined : `char_length(${name}) > ${to.length}`;
    case 'smallint':
      return outside(from, name, 15);
    case 'integer':
      return outside(from, name, 31);
    case 'bigint':
      return outside(from, name, 63);
    case 'decimal': {
      const [digits, scale] = [to.precision ?? 65, to.scale ?? 0];
      return isNumber(from) ? `abs(round(${name}, ${scale})) >= 1e${digits - scale}` : undefined;
    }
    case 'enum': {
      const values = findEnum(catalog, to)?.values ?? [];
      return isText(from)
        ? `${name} not in (${values.map((value) => mysqlText.literal(value)).join(', ')})`
        : undefined;
    }
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'bytes':
    case 'uuid':
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

/** How many characters a value of the type has at most. */
function roomOf(type: ColumnType): number {
  if (type.kind === 'varchar' || type.kind === 'char') return type.length;
  return type.kind === 'boolean' || type.kind === 'uuid' ? 36 : Infinity;
}

const bits: Readonly<Record<string, number>> = { boolean: 7, smallint: 15, integer: 31, bigint: 63 };

function outside(from: ColumnType, name: string, room: number): string | undefined {
  if ((bits[from.kind] ?? Infinity) <= room) return undefined;
  if (isNumber(from)) return `round(${name}) not between -${2n ** BigInt(room)} and ${2n ** BigInt(room) - 1n}`;
  return isText(from) ? `${name} not regexp '^[-+]?[0-9]+$'` : undefined;
}

function isNumber({ kind }: ColumnType): boolean {
  return ['smallint', 'integer', 'bigint', 'decimal', 'real', 'double'].includes(kind);
}

function isText({ kind }: ColumnType): boolean {
  return kind === 'text' || kind === 'varchar' || kind === 'char';
}
