import { decimalKey } from './decimal-key.ts';

/** A function over the rows of a group that our SQLite drivers add to SQL. Whole numbers come as bigint; null is left out. */
export interface SqlAggregate {
  readonly name: string;
  /** The state after one more value; null: no value yet. The last state is the result. */
  readonly step: (state: string | null, value: unknown) => string | null;
}

/** What SQLite cannot aggregate exactly: decimals that are kept as text, and sums beyond 64 bits. */
export const sqlAggregates: readonly SqlAggregate[] = [
  {
    name: 'rowhouse_sum',
    step: (state, value) => pick(value, (text) => (state === null ? text : add(state, text))) ?? state,
  },
  {
    name: 'rowhouse_min',
    step: (state, value) => pick(value, (text) => extreme(state, text, (a, b) => a < b)) ?? state,
  },
  {
    name: 'rowhouse_max',
    step: (state, value) => pick(value, (text) => extreme(state, text, (a, b) => a > b)) ?? state,
  },
];

interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

function pick(value: unknown, change: (text: string) => string): string | undefined {
  return decimalKey(value) === null ? undefined : change(plainText(String(value)));
}

function extreme(state: string | null, text: string, isBetter: (a: string, b: string) => boolean): string {
  if (state === null) return text;
  return isBetter(decimalKey(text) ?? '', decimalKey(state) ?? '') ? text : state;
}

function add(one: string, other: string): string {
  const [a, b] = [parse(one), parse(other)];
  const scale = Math.max(a.scale, b.scale);
  return print({ digits: scaled(a, scale) + scaled(b, scale), scale });
}

/** `1.5e-7` → `0.00000015`: how JavaScript writes small and large floats. */
function plainText(text: string): string {
  const [number = '', exponent] = text.trim().split(/e/i);
  if (exponent === undefined) return number;
  const { digits, scale } = parse(number);
  const moved = scale - Number(exponent);
  return print(moved < 0 ? { digits: digits * 10n ** BigInt(-moved), scale: 0 } : { digits, scale: moved });
}

function parse(text: string): Decimal {
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(`${whole}${fraction}`), scale: fraction.length };
}

function scaled({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}

function print({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  return scale === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
