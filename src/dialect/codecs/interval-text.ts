import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';

const iso =
  /^P(?=.)(?:([+-]?\d+)Y)?(?:([+-]?\d+)M)?(?:([+-]?\d+)W)?(?:([+-]?\d+)D)?(?:T(?=.)(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?)(\d+)(?:\.(\d{1,6})0*)?S)?)?$/;

/**
 * Spans of time as ISO 8601, in the one spelling PostgreSQL prints: months carry into years and seconds up to hours,
 * days into nothing, because not every day has 24 hours.
 */
export const intervalText: Codec = { encode: canonical, decode: canonical };

function canonical(value: unknown): string {
  const match = typeof value === 'string' ? iso.exec(value) : null;
  if (match === null) throw invalidValue('a span like P1Y2M3DT4H5M6.5S');
  const months = number(match[1]) * 12n + number(match[2]);
  const days = number(match[3]) * 7n + number(match[4]);
  const micros = (number(match[5]) * 60n + number(match[6])) * 60n * 1_000_000n + secondMicros(match);
  if (!fits(months, 32n) || !fits(days, 32n) || !fits(micros, 64n)) throw invalidValue('a span that fits an interval');
  return print(months, days, micros);
}

function number(text: string | undefined): bigint {
  return text === undefined ? 0n : BigInt(text.startsWith('+') ? text.slice(1) : text);
}

function secondMicros(match: RegExpExecArray): bigint {
  const [, , , , , , , sign, seconds = '0', fraction = ''] = match;
  const micros = BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -micros : micros;
}

function fits(value: bigint, bits: bigint): boolean {
  return value >= -(2n ** (bits - 1n)) && value < 2n ** (bits - 1n);
}

function print(months: bigint, days: bigint, micros: bigint): string {
  const date = part(months / 12n, 'Y') + part(months % 12n, 'M') + part(days, 'D');
  const time =
    part(micros / 3_600_000_000n, 'H') + part((micros / 60_000_000n) % 60n, 'M') + secondsPart(micros % 60_000_000n);
  if (date === '' && time === '') return 'PT0S';
  return time === '' ? `P${date}` : `P${date}T${time}`;
}

function part(value: bigint, unit: string): string {
  return value === 0n ? '' : `${value}${unit}`;
}

function secondsPart(micros: bigint): string {
  if (micros === 0n) return '';
  const size = micros < 0n ? -micros : micros;
  const fraction = String(size % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${micros < 0n ? '-' : ''}${size / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}S`;
}
