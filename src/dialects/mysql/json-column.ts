import type { ColumnType } from '../../catalog/model/column-type.ts';
import { isBinaryType } from './codecs/native-codec.ts';
import type { Flavor } from './flavor.ts';

/** How the values of a column type are read out of a JSON parameter. */
export interface JsonColumn {
  /** Type and path of the column of `json_table`. */
  readonly definition: string;
  /** The value as the table's column takes it. */
  value(cell: string): string;
}

/** The `json_table` column for a value to compare with a column of this type: no conversion, so an index serves. */
export function comparedCell(type: ColumnType, path: string, flavor: Flavor): JsonColumn {
  return { definition: `${cellType(type, flavor)} path '${path}'`, value: (cell) => cellValue(cell, type, flavor) };
}

/** The `json_table` column for a value to write. Text has no length here: MariaDB would cut it without an error. */
export function writtenCell(type: ColumnType, path: string, flavor: Flavor): JsonColumn {
  const isText = type.kind === 'varchar' || type.kind === 'char' || type.kind === 'enum' || type.kind === 'interval';
  const cell = comparedCell(isText ? { kind: 'text' } : type, path, flavor);
  return { ...cell, definition: `${cell.definition} error on error` };
}

/** An encoded value as it stands in the JSON parameter. Bytes go as base64, big numbers as their text. */
export function jsonCell(encoded: unknown, type: ColumnType): unknown {
  if (encoded instanceof Uint8Array && isBytes(type)) return Buffer.from(encoded).toString('base64');
  return typeof encoded === 'bigint' ? encoded.toString() : encoded;
}

/** May an encoded value of this type be something else in the JSON parameter than it is? */
export function needsJsonCell(type: ColumnType): boolean {
  return isBytes(type) || type.kind === 'bigint' || type.kind === 'native';
}

function cellType(type: ColumnType, flavor: Flavor): string {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'boolean':
      return 'bigint';
    case 'decimal':
      return `decimal(${type.precision ?? 65}, ${type.scale ?? 0})`;
    case 'real':
    case 'double':
      return 'double';
    case 'date':
      return 'date';
    case 'time':
      return `time(${type.precision})`;
    case 'timestamp':
    case 'timestamptz':
      return `datetime(${type.precision})`;
    case 'varchar':
    case 'char':
      return `varchar(${type.length}) ${textOf(flavor)}`;
    case 'enum':
      return `varchar(255) ${textOf(flavor)}`;
    case 'uuid':
    case 'interval':
      return 'varchar(64) character set ascii collate ascii_bin';
    case 'text':
    case 'bytes':
    case 'json':
    case 'array':
    case 'vector':
      return `longtext ${textOf(flavor)}`;
    case 'native':
      return nativeCell(type.type) ?? `longtext ${textOf(flavor)}`;
  }
}

/** Numbers and moments of the server's own types: as text they would compare as floats, and not by the index. */
function nativeCell(type: string): string | undefined {
  if (/^(?:tiny|small|medium|big)?int/i.test(type)) return /unsigned/i.test(type) ? 'bigint unsigned' : 'bigint';
  if (/^timestamp/i.test(type)) return 'datetime(6)';
  return /^decimal\(\d+,\s*\d+\)/i.exec(type)?.[0];
}

function cellValue(cell: string, type: ColumnType, flavor: Flavor): string {
  if (isBytes(type)) return `from_base64(${cell})`;
  return type.kind === 'uuid' && flavor.uuidType === 'uuid' ? `cast(${cell} as uuid)` : cell;
}

/** Do values of this type travel as base64? */
export function isBytes(type: ColumnType): boolean {
  return type.kind === 'bytes' || type.kind === 'vector' || (type.kind === 'native' && isBinaryType(type.type));
}

function textOf(flavor: Flavor): string {
  return `character set utf8mb4 collate ${flavor.collation}`;
}
