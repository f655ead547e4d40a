import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';

export interface TextLimits {
  /** Most Unicode code points. */
  readonly length?: number;
  /** `char(n)`: blanks at the end belong to the padding, not to the value. */
  readonly padded?: boolean;
}

/** Unicode text without NUL and without lone surrogates, at most `length` code points long. */
export function textCheck(limits: TextLimits = {}): Codec {
  const { length, padded = false } = limits;
  return {
    ...(padded ? {} : { decodesAsIs: true }),
    encode(value: unknown): string {
      if (!isText(value)) throw invalidValue('text without NUL and without lone surrogates');
      if (length !== undefined && value.length > length && codePoints(value) > length)
        throw invalidValue(`text of at most ${length} characters`);
      if (padded && value.endsWith(' ')) throw invalidValue('text without a blank at its end');
      return value;
    },
    decode(raw: unknown): string {
      return padded ? withoutPadding(raw as string) : (raw as string);
    },
  };
}

/** Can every engine keep this text? */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end--;
  return text.slice(0, end);
}
