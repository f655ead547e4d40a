const number = /^\s*([+-]?)0*(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?\s*$/i;

/**
 * Text whose order is the order of the numbers: `n` or `p` for the sign, three digits that count the digits before the
 * point, then the digits. Those of a negative number are taken from nine and closed with `~`, so that the larger size
 * sorts first. Null for what is not a decimal number.
 *
 * @example
 * ```ts
 * decimalKey('12.50'); // 'p002125'
 * decimalKey('-12.5'); // 'n997874~'
 * ```
 */
export function decimalKey(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return null;
  const text = String(value);
  const match = number.exec(text);
  if (match === null || !/\d/.test(text)) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const { before, after } = movePoint(whole, fraction, Number(exponent));
  const key = String(before.length).padStart(3, '0') + before + after;
  return sign === '-' && before + after !== '' ? `n${key.replaceAll(/\d/g, ninesComplement)}~` : `p${key}`;
}

/** The digits on both sides of the point once the exponent is applied, without zeros at the outer ends. */
function movePoint(whole: string, fraction: string, exponent: number): { before: string; after: string } {
  const digits = whole + fraction;
  const at = whole.length + exponent;
  const before = at > 0 ? digits.slice(0, at).padEnd(at, '0') : '';
  const after = at > 0 ? digits.slice(at) : '0'.repeat(-at) + digits;
  return { before: before.replace(/^0+/, ''), after: after.replace(/0+$/, '') };
}

function ninesComplement(digit: string): string {
  return String(9 - Number(digit));
}
