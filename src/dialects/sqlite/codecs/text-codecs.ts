import { bytesCheck } from '../../../dialect/codecs/bytes-check.ts';
import { dateText } from '../../../dialect/codecs/date-text.ts';
import { invalidValue } from '../../../dialect/codecs/invalid-value.ts';
import { jsonText } from '../../../dialect/codecs/json-text.ts';
import { timestampText } from '../../../dialect/codecs/timestamp-text.ts';
import type { Codec } from '../../../dialect/codec.ts';

/** A type kept as text: a cell that holds anything else, which SQLite allows, is refused instead of passed on. */
export function storedText(codec: Codec): Codec {
  return {
    encode: (value) => codec.encode(value),
    decode(raw: unknown): unknown {
      if (typeof raw === 'string') return codec.decode(raw);
      throw invalidValue('text in the database');
    },
  };
}

/**
 * Wall clocks with a blank instead of the `T`, as SQLite's own functions and nearly everybody write them: comparing is
 * by character, so one column must not hold both.
 */
export function timestampWithBlank(precision: number): Codec {
  const text = timestampText(precision);
  return {
    encode(value: unknown): string {
      const clock = text.encode(value) as string;
      return `${clock.slice(0, 10)} ${clock.slice(11)}`;
    },
    decode(raw: unknown): unknown {
      return text.decode(typeof raw === 'string' && raw.length === 10 ? `${raw} 00:00:00` : raw);
    },
  };
}

/** Days. Others keep them with a midnight behind. */
export const dayText: Codec = {
  ...dateText,
  decode(raw: unknown): unknown {
    return dateText.decode(typeof raw === 'string' && midnight.test(raw) ? raw.slice(0, 10) : raw);
  },
};

const midnight = /^.{10}[ T]00:00:00(?:\.0+)?$/;

/** JSON text. In a column that others declared as `json` SQLite turns a lone number into a number. */
export const jsonDocument: Codec = {
  ...jsonText,
  decode(raw: unknown): unknown {
    if (typeof raw === 'string') return jsonText.decode(raw);
    const value = typeof raw === 'bigint' ? Number(raw) : raw;
    if (typeof value === 'number' && (typeof raw === 'number' || Number.isSafeInteger(value))) return value;
    throw invalidValue('JSON text in the database');
  },
};

/** Bytes; text in such a column is not guessed at. */
export const blob: Codec = {
  encode: bytesCheck,
  decode(raw: unknown): Uint8Array {
    if (raw instanceof Uint8Array) return raw;
    throw invalidValue('bytes in the database');
  },
};

/** A type of the engine's own: the text of what is stored. */
export const nativeText: Codec = {
  encode(value: unknown): string {
    if (typeof value === 'string') return value;
    throw invalidValue('the text of an engine’s own type');
  },
  decode(raw: unknown): string {
    if (typeof raw === 'string') return raw;
    if (typeof raw === 'number' || typeof raw === 'bigint') return String(raw);
    throw invalidValue('text or a number in the database');
  },
};
