import type { MysqlAnswerPacket } from '../library.ts';
import { codedNumber, codedNumberBytes } from './lengths.ts';

const moreResults = 0x08;

/** The answer to a statement without rows. */
export interface Counts {
  /** Rows inserted or deleted, or matched by an update. */
  readonly changes: number;
  /** The number of an identity column; 0 for none. */
  readonly lastId: bigint;
  readonly hasMore: boolean;
}

/** The command failed. */
export function isError({ buffer, offset }: MysqlAnswerPacket): boolean {
  return buffer[offset] === 0xff;
}

/** There are no more rows: a short packet, as a long one that begins like this would be a row's. */
export function isRowsEnd({ buffer, offset, end }: MysqlAnswerPacket): boolean {
  return buffer[offset] === 0xfe && end - offset < 9;
}

/** What the packet at the end of rows says. */
export function readStatus({ buffer, offset }: MysqlAnswerPacket): { readonly hasMore: boolean } {
  return { hasMore: (buffer.readUInt16LE(offset + 3) & moreResults) !== 0 };
}

/** An update's count leaves out rows that had the new values already; only its words tell how many it matched. */
const matchedRows = /Rows matched: (\d+)/;

/** The counts after a zero: rows, the number, two bytes of status, two of warnings, and words after an update. */
export function readCounts({ buffer, offset, end }: MysqlAnswerPacket): Counts {
  const idAt = offset + 1 + codedNumberBytes(buffer, offset + 1);
  const statusAt = idAt + codedNumberBytes(buffer, idAt);
  const wordsAt = statusAt + 4;
  const matched = wordsAt < end ? matchedRows.exec(buffer.toString('latin1', wordsAt, end))?.[1] : undefined;
  return {
    changes: matched === undefined ? codedNumber(buffer, offset + 1) : Number(matched),
    lastId: bigNumber(buffer, idAt),
    hasMore: (buffer.readUInt16LE(statusAt) & moreResults) !== 0,
  };
}

function bigNumber(buffer: Buffer, at: number): bigint {
  return buffer[at] === 0xfe ? buffer.readBigInt64LE(at + 1) : BigInt(codedNumber(buffer, at));
}
