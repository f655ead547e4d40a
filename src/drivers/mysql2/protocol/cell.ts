import { shortestFloat32 } from '../float32.ts';
import { dateText, dateTimeText, timeText } from './clock-cell.ts';
import type { Column } from './column.ts';
import { latin1Text, utf8Text } from './text-cell.ts';

/** How the cells of a column are read. */
export interface CellReader {
  /** Absent: a length goes before each cell. */
  readonly bytes?: number;
  /** The raw cell that lies from `start` up to `end`. */
  readonly read: (buffer: Buffer, start: number, end: number) => unknown;
}

/** The reader of a column's cells, by its type's code in the protocol. */
export function cellReader({ type, isUnsigned, isBinary, decimals }: Column): CellReader {
  switch (type) {
    case 1: // tinyint
      return isUnsigned ? unsigned8 : signed8;
    case 2: // smallint
      return isUnsigned ? unsigned16 : signed16;
    case 3: // integer
    case 9: // mediumint
      return isUnsigned ? unsigned32 : signed32;
    case 4:
      return float;
    case 5:
      return double;
    case 8: // bigint
      return isUnsigned ? unsigned64 : signed64;
    case 13: // year
      return unsigned16;
    case 7: // timestamp
    case 12: // datetime
      return { read: (buffer, start, end) => dateTimeText(buffer, start, end, decimals) };
    case 10: // date
    case 14:
      return { read: dateText };
    case 11:
      return { read: timeText };
    case 0: // decimal
    case 246:
      return latin;
    case 242:
      return vector;
    case 245: // json: the server calls it binary
      return text;
    default:
      return isBinary ? bytes : text;
  }
}

const signed8: CellReader = { bytes: 1, read: (buffer, start) => buffer.readInt8(start) };
const unsigned8: CellReader = { bytes: 1, read: (buffer, start) => buffer.readUInt8(start) };
const signed16: CellReader = { bytes: 2, read: (buffer, start) => buffer.readInt16LE(start) };
const unsigned16: CellReader = { bytes: 2, read: (buffer, start) => buffer.readUInt16LE(start) };
const signed32: CellReader = { bytes: 4, read: (buffer, start) => buffer.readInt32LE(start) };
const unsigned32: CellReader = { bytes: 4, read: (buffer, start) => buffer.readUInt32LE(start) };
const float: CellReader = { bytes: 4, read: (buffer, start) => shortestFloat32(buffer.readFloatLE(start)) };
const double: CellReader = { bytes: 8, read: (buffer, start) => buffer.readDoubleLE(start) };
const latin: CellReader = { read: latin1Text };
const text: CellReader = { read: utf8Text };
const bytes: CellReader = { read: (buffer, start, end) => buffer.subarray(start, end) };

const vector: CellReader = {
  read(buffer, start, end) {
    const floats: number[] = [];
    for (let at = start; at < end; at += 4) floats.push(shortestFloat32(buffer.readFloatLE(at)));
    return floats;
  },
};

/** A bigint as text: as a double it would lose digits. */
const signed64: CellReader = {
  bytes: 8,
  read: (buffer, start) => wholeText(buffer, start, buffer.readInt32LE(start + 4)) ?? `${buffer.readBigInt64LE(start)}`,
};
const unsigned64: CellReader = {
  bytes: 8,
  read: (buffer, start) =>
    wholeText(buffer, start, buffer.readUInt32LE(start + 4)) ?? `${buffer.readBigUInt64LE(start)}`,
};

/** The text of a number that a double holds exactly. */
function wholeText(buffer: Buffer, start: number, high: number): string | undefined {
  const value = high * 2 ** 32 + buffer.readUInt32LE(start);
  return Number.isSafeInteger(value) ? `${value}` : undefined;
}
