/** Digits are put here, so that a text is made in one go: `2026-11-21 13:45:00.123456`. */
const scratch = Buffer.from('0000-00-00 00:00:00.000000');
const dateLength = 10;
const dateTimeLength = 19;

/** A date cell: year, month and day, or nothing for the date of zeros. */
export function dateText(buffer: Buffer, start: number, end: number): string {
  writeDate(buffer, start, end);
  return scratch.toString('latin1', 0, dateLength);
}

/** A cell of a date and time; what is zero at its end is left out on the wire. */
export function dateTimeText(buffer: Buffer, start: number, end: number, decimals: number): string {
  writeDate(buffer, start, end);
  const hasTime = end - start > 4;
  writeTwo(11, hasTime ? buffer.readUInt8(start + 4) : 0);
  writeTwo(14, hasTime ? buffer.readUInt8(start + 5) : 0);
  writeTwo(17, hasTime ? buffer.readUInt8(start + 6) : 0);
  if (end - start <= 7) return scratch.toString('latin1', 0, dateTimeLength);
  writeMicroseconds(buffer.readUInt32LE(start + 7));
  return scratch.toString('latin1', 0, dateTimeLength + 1 + (decimals > 0 && decimals < 6 ? decimals : 6));
}

/** A time cell: a sign, days, and the clock; hours may be more than a day's. */
export function timeText(buffer: Buffer, start: number, end: number): string {
  if (end === start) return '00:00:00';
  const sign = buffer[start] === 1 ? '-' : '';
  const hours = buffer.readUInt32LE(start + 1) * 24 + buffer.readUInt8(start + 5);
  const clock = [hours, buffer.readUInt8(start + 6), buffer.readUInt8(start + 7)].map(twoDigits).join(':');
  const microseconds = end - start > 8 ? buffer.readUInt32LE(start + 8) : 0;
  if (microseconds === 0) return sign + clock;
  return `${sign}${clock}.${String(microseconds).padStart(6, '0').replace(/0+$/, '')}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function writeDate(buffer: Buffer, start: number, end: number): void {
  const isZero = end === start;
  const year = isZero ? 0 : buffer.readUInt16LE(start);
  writeTwo(0, Math.trunc(year / 100));
  writeTwo(2, year % 100);
  writeTwo(5, isZero ? 0 : buffer.readUInt8(start + 2));
  writeTwo(8, isZero ? 0 : buffer.readUInt8(start + 3));
}

function writeMicroseconds(value: number): void {
  writeTwo(20, Math.trunc(value / 10_000));
  writeTwo(22, Math.trunc(value / 100) % 100);
  writeTwo(24, value % 100);
}

function writeTwo(at: number, value: number): void {
  const tens = Math.trunc(value / 10);
  scratch[at] = 48 + tens;
  scratch[at + 1] = 48 + value - 10 * tens;
}
