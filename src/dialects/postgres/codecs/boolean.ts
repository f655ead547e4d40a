import type { Codec } from '../../../dialect/codec.ts';
import { booleanCheck } from '../../../dialect/codecs/boolean-check.ts';

/** The server prints `t` and `f`. */
export const booleanCodec: Codec = {
  encode: booleanCheck,
  decode(raw: unknown): boolean {
    return raw === 't';
  },
};
