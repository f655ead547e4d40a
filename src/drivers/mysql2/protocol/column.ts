import { codedNumber, codedNumberBytes } from './lengths.ts';

/** A part of what the server sent: the header of its packet, four bytes, goes before `start`. */
export interface Part {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A column of a result, as the server describes it. */
export interface Column {
  readonly name: string;
  /** A code of the protocol. */
  readonly type: number;
  readonly isUnsigned: boolean;
  /** Its cells are bytes, unless the type says what they are. */
  readonly isBinary: boolean;
  /** Digits of a second. */
  readonly decimals: number;
}

const binaryCharset = 63;
const unsignedFlag = 0x20;

/** The place of the name among the length-coded texts: catalog, schema, table, original table, name, original name. */
const nameText = 4;
const texts = 6;

/** A length, the charset, the width, the type, the flags, the decimals and two bytes of nothing. */
const fixedBytes = 13;

/** Reads a column from its description. MariaDB may say more about the type in a block before the fixed part. */
export function readColumn({ buffer, start: at, end }: Part): Column {
  let name = '';
  let offset = at;
  for (let text = 0; text < texts; text++) {
    const start = offset + codedNumberBytes(buffer, offset);
    const next = start + codedNumber(buffer, offset);
    if (text === nameText) name = buffer.toString('utf8', start, next);
    offset = next;
  }
  const fixed = end - fixedBytes;
  const isJson = buffer.toString('latin1', offset, fixed).includes('json');
  return {
    name,
    type: buffer.readUInt8(fixed + 7),
    isUnsigned: (buffer.readUInt16LE(fixed + 8) & unsignedFlag) !== 0,
    isBinary: buffer.readUInt16LE(fixed + 1) === binaryCharset && !isJson,
    decimals: buffer.readUInt8(fixed + 10),
  };
}
