/** The number that begins at `at`: a length, or a count of rows. Up to 250 it is one byte. */
export function codedNumber(buffer: Buffer, at: number): number {
  const first = buffer[at] ?? 0;
  switch (first) {
    case 0xfc:
      return buffer.readUInt16LE(at + 1);
    case 0xfd:
      return buffer.readUIntLE(at + 1, 3);
    case 0xfe:
      return Number(buffer.readBigUInt64LE(at + 1));
    default:
      return first;
  }
}

/** How many bytes that number takes itself. */
export function codedNumberBytes(buffer: Buffer, at: number): number {
  switch (buffer[at] ?? 0) {
    case 0xfc:
      return 3;
    case 0xfd:
      return 4;
    case 0xfe:
      return 9;
    default:
      return 1;
  }
}
