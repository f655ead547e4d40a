import type { Codec } from '../../../dialect/codec.ts';
import { invalidValue } from '../../../dialect/codecs/invalid-value.ts';
import { arrayText, parseArrayText } from '../array-text.ts';

/** Arrays as the server's array text, elements by their own codec. */
export function arrayCodec(element: Codec): Codec {
  const decodeItem = (item: unknown): unknown =>
    Array.isArray(item) ? item.map(decodeItem) : item === null ? null : element.decode(item);
  return {
    encode(value: unknown): string {
      if (!Array.isArray(value)) throw invalidValue('an array');
      return arrayText(value.map((item: unknown) => (item === null ? null : element.encode(item))));
    },
    decode(raw: unknown): unknown {
      return parseArrayText(raw as string).map(decodeItem);
    },
  };
}
