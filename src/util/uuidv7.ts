import { randomFillSync } from 'node:crypto';

const random = new Uint8Array(10);
let lastMs = 0;
let counter = 0;

/**
 * A UUID of version 7: 48 bits of Unix milliseconds, a 12-bit counter within the millisecond, 62 random bits.
 * Two made one after the other in this process always sort in that order.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function uuidv7(): string {
  randomFillSync(random);
  advance(Date.now());
  const time = lastMs.toString(16).padStart(12, '0');
  const sequence = (0x7000 | counter).toString(16);
  const variant = (0x80 | ((random[0] ?? 0) & 0x3f)).toString(16);
  const tail = Buffer.from(random.buffer, 1, 7).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-${sequence}-${variant}${tail.slice(0, 2)}-${tail.slice(2)}`;
}

/** Moves to the clock's millisecond; stays in the last one, counting, while the clock stands still or runs back. */
function advance(nowMs: number): void {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = (random[8] ?? 0) << 2; // starts below 1,024, so a burst has room
  } else if (counter < 0xfff) {
    counter += 1;
  } else {
    lastMs += 1;
    counter = 0;
  }
}
