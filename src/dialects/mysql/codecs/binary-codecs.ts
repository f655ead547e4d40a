import type { Codec } from '../../../dialect/codec.ts';
import { booleanCheck } from '../../../dialect/codecs/boolean-check.ts';
import { bytesCheck } from '../../../dialect/codecs/bytes-check.ts';
import { vectorCheck } from '../../../dialect/codecs/vector-text.ts';

/** `boolean` as 1 and 0. */
export const booleanCodec: Codec = {
  encode(value: unknown): number {
    return booleanCheck(value) ? 1 : 0;
  },
  decode(raw: unknown): boolean {
    return Number(raw) !== 0;
  },
};

/** Bytes: a view of the caller's on the way out, an own copy on the way in, so that no packet is kept alive. */
export const bytesCodec: Codec = {
  encode(value: unknown): Buffer {
    const { buffer, byteOffset, byteLength } = bytesCheck(value);
    return Buffer.from(buffer, byteOffset, byteLength);
  },
  decode(raw: unknown): Uint8Array {
    return new Uint8Array(raw as Buffer);
  },
};

/** Vectors as the servers keep them: 32-bit floats, little end first. The driver reads the floats by itself. */
export function vectorCodec(dimensions: number): Codec {
  return {
    encode(value: unknown): Buffer {
      const bytes = Buffer.alloc(dimensions * 4);
      vectorCheck(value, dimensions).forEach((item, place) => bytes.writeFloatLE(item, place * 4));
      return bytes;
    },
    decode(raw: unknown): readonly number[] {
      if (Array.isArray(raw)) return (raw as readonly number[]).map(Math.fround);
      const bytes = raw as Buffer;
      return Array.from({ length: bytes.length / 4 }, (_, place) => bytes.readFloatLE(place * 4));
    },
  };
}
