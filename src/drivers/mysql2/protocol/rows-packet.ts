import { bigintType, blobType, doubleType, textType, tinyType } from './value-types.ts';
import { GrowingPacket } from './growing-packet.ts';

const bulkCommand = 0xfa;
const typesCome = 0x80;

/** What goes before each value: it is there, or it is null. */
const isThere = 0;
const isNull = 1;

/** Rows, and the type that each column's values go as. */
export class TypedRows {
  readonly rows: readonly (readonly unknown[])[];
  readonly types: readonly number[];

  private constructor(rows: readonly (readonly unknown[])[], types: readonly number[]) {
    this.rows = rows;
    this.types = types;
  }

  /** Undefined when a column has values of several kinds: the packet says the type of a column once. */
  static of(rows: readonly (readonly unknown[])[]): TypedRows | undefined {
    const types: number[] = [];
    for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
      const type = columnType(rows, column);
      if (type === undefined) return undefined;
      types.push(type);
    }
    return types.length === 0 ? undefined : new TypedRows(rows, types);
  }
}

/** The packet that runs a prepared insert for many rows, which MariaDB inserts as one statement: all or none. */
export function rowsPacket(statementId: number, { rows, types }: TypedRows): Buffer {
  const packet = new GrowingPacket();
  packet.byte(bulkCommand);
  packet.int32(statementId);
  packet.int16(typesCome);
  for (const type of types) packet.int16(type);
  for (const row of rows) writeRow(packet, row, types);
  return packet.finish();
}

function writeRow(packet: GrowingPacket, row: readonly unknown[], types: readonly number[]): void {
  for (let column = 0; column < types.length; column++) {
    const value = row[column];
    if (value === null) {
      packet.byte(isNull);
      continue;
    }
    packet.byte(isThere);
    switch (types[column] ?? textType) {
      case textType:
        packet.codedText(value as string);
        break;
      case bigintType:
        packet.int64(value as number);
        break;
      case doubleType:
        packet.double(value as number);
        break;
      case tinyType:
        packet.byte(value === true ? 1 : 0);
        break;
      default:
        packet.codedBytes(value as Uint8Array);
    }
  }
}

/** The type that holds all of a column's values; undefined when none does. A column of nulls may have any. */
function columnType(rows: readonly (readonly unknown[])[], column: number): number | undefined {
  let type: number | undefined;
  for (const row of rows) {
    const value = row[column];
    if (value === null) continue;
    const own = valueType(value);
    if (own === type) continue;
    if (own === undefined) return undefined;
    if (type === undefined) type = own;
    else if (isNumber(own) && isNumber(type)) type = doubleType;
    else return undefined;
  }
  return type ?? textType;
}

function valueType(value: unknown): number | undefined {
  if (typeof value === 'string') return textType;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? bigintType : doubleType;
  if (typeof value === 'boolean') return tinyType;
  return value instanceof Uint8Array ? blobType : undefined;
}

function isNumber(type: number): boolean {
  return type === bigintType || type === doubleType;
}
