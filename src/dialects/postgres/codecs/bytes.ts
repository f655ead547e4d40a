import type { Codec } from '../../../dialect/codec.ts';
import { bytesCheck } from '../../../dialect/codecs/bytes-check.ts';

/** Sent as a `Buffer` over the same memory; the server prints `\x` and hexadecimal digits. */
export const bytesCodec: Codec = {
  encode(value: unknown): Buffer {
    const bytes = bytesCheck(value);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  },
  decode(raw: unknown): Uint8Array {
    // a copy: a small Buffer shares its memory with others
    return new Uint8Array(Buffer.from((raw as string).slice(2), 'hex'));
  },
};
