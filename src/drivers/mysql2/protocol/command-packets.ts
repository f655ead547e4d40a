import { codedBytes, PacketWriter } from './packet-writer.ts';
import { bigintType, blobType, doubleType, nullType, textType, tinyType } from './value-types.ts';

const queryCommand = 0x03;
const executeCommand = 0x17;

/** Says of a number that it has no sign. */
const unsignedFlag = 0x80_00;

const largestSigned = 2n ** 63n - 1n;

/** The packet that runs SQL text. */
export function queryPacket(sql: string): Buffer {
  const writer = new PacketWriter(1 + Buffer.byteLength(sql));
  writer.byte(queryCommand);
  writer.text(sql);
  return writer.packet;
}

/**
 * The packet that runs a prepared statement. Whole numbers go as 64-bit integers: as double or text a server refuses them
 * in LIMIT and compares them with a bigint column inexactly.
 */
export function executePacket(statementId: number, values: readonly unknown[]): Buffer {
  const types: number[] = [];
  const lengths: number[] = [];
  let bytes = 10;
  if (values.length > 0) bytes += ((values.length + 7) >> 3) + 1 + 2 * values.length;
  for (const value of values) {
    const type = typeOf(value);
    const length = lengthOf(value, type);
    types.push(type);
    lengths.push(length);
    bytes += type === textType || type === blobType ? codedBytes(length) : length;
  }
  const writer = new PacketWriter(bytes);
  writer.byte(executeCommand);
  writer.int32(statementId);
  writer.byte(0); // no cursor
  writer.int32(1); // one iteration
  if (values.length === 0) return writer.packet;
  writeNulls(writer, types);
  writer.byte(1); // the types come along
  for (const type of types) writer.int16(type);
  for (const [index, type] of types.entries()) writeValue(writer, values[index], type, lengths[index] ?? 0);
  return writer.packet;
}

function typeOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return textType;
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? bigintType : doubleType;
    case 'bigint':
      return value > largestSigned ? bigintType | unsignedFlag : bigintType;
    case 'boolean':
      return tinyType;
    case 'object':
      if (value === null) return nullType;
      if (value instanceof Uint8Array) return blobType;
      throw notInWireForm(value);
    case 'undefined':
    case 'symbol':
    case 'function':
      throw notInWireForm(value);
  }
}

/** The bytes of a value, without the coded length that goes before those of text and bytes. */
function lengthOf(value: unknown, type: number): number {
  switch (type) {
    case textType:
      return Buffer.byteLength(value as string);
    case blobType:
      return (value as Uint8Array).byteLength;
    case nullType:
      return 0;
    case tinyType:
      return 1;
    default:
      return 8;
  }
}

/** A bit for each value. */
function writeNulls(writer: PacketWriter, types: readonly number[]): void {
  for (let start = 0; start < types.length; start += 8) {
    let bits = 0;
    for (let bit = 0; bit < 8; bit++) if (types[start + bit] === nullType) bits |= 1 << bit;
    writer.byte(bits);
  }
}

function writeValue(writer: PacketWriter, value: unknown, type: number, length: number): void {
  switch (type) {
    case textType:
      writer.codedLength(length);
      writer.text(value as string);
      return;
    case blobType:
      writer.codedLength(length);
      writer.bytes(value as Uint8Array);
      return;
    case nullType:
      return;
    case tinyType:
      writer.byte(value === true ? 1 : 0);
      return;
    case doubleType:
      writer.double(value as number);
      return;
    default:
      if (typeof value === 'bigint') writer.bigint64(value, type !== bigintType);
      else writer.int64(value as number);
  }
}

function notInWireForm(value: unknown): TypeError {
  return new TypeError(`a ${typeof value} is not in wire form: the codec of its column must encode it`);
}
