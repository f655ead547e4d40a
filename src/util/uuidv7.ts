/** From here on one of version 4 is as one of version 7: the variant, and 62 random bits. */
const variantAt = 19;

let lastMs = 0;
let counter = 0;

/**
 * A UUID of version 7: 48 bits of Unix milliseconds, a 12-bit counter within the millisecond, 62 random bits.
 * Two made one after the other in this process always sort in that order.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function uuidv7(): string {
  const random = crypto.randomUUID();
  advance(Date.now(), random);
  const time = lastMs.toString(16).padStart(12, '0');
  const sequence = (0x7000 | counter).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-${sequence}-${random.slice(variantAt)}`;
}

/** Moves to the clock's millisecond; stays in the last one, counting, while the clock stands still or runs back. */
function advance(nowMs: number, random: string): void {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = Number.parseInt(random.slice(0, 2), 16) << 2; // starts below 1,024, so a burst has room
  } else if (counter < 0xfff) {
    counter += 1;
  } else {
    lastMs += 1;
    counter = 0;
  }
}
