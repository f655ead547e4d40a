import type { Codec } from '../../../dialect/codec.ts';
import { invalidValue } from '../../../dialect/codecs/invalid-value.ts';
import { textCheck } from '../../../dialect/codecs/text-check.ts';

/** The codec of one of the server's own types: its text, and for types of bytes `0x` and hexadecimal digits. */
export function nativeCodec(type: string): Codec {
  return isBinaryType(type) ? binaryCodec : textCodec;
}

/** Are the cells of this type bytes? */
export function isBinaryType(type: string): boolean {
  return binaryType.test(type);
}

const binaryType =
  /^(?:bit|(?:var)?binary|tinyblob|blob|mediumblob|geometry|point|linestring|polygon|multi(?:point|linestring|polygon)|geom(?:etry)?collection)\b/i;

const text = textCheck();

const textCodec: Codec = {
  encode(value: unknown): unknown {
    return text.encode(value);
  },
  decode(raw: unknown): string {
    return typeof raw === 'string' ? raw : String(raw);
  },
};

const binaryCodec: Codec = {
  encode(value: unknown): Buffer {
    if (typeof value !== 'string' || !/^0x(?:[0-9a-f]{2})*$/i.test(value)) throw invalidValue('bytes like 0x00ff');
    return Buffer.from(value.slice(2), 'hex');
  },
  decode(raw: unknown): string {
    return `0x${(raw as Buffer).toString('hex')}`;
  },
};
