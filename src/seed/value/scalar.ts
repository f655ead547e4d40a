import { invalidValue } from '../../dialect/codecs/invalid-value.ts';

/** The number that decimal digits write. */
export function bigintOf(text: string): bigint {
  if (/^-?\d{1,19}$/.test(text)) return BigInt(text);
  throw invalidValue('a whole number of 64 bits');
}

/** The bytes that base64 text writes, in either alphabet. */
export function bytesOf(text: string): Uint8Array {
  if (/^(?:[\w+/-]{4})*(?:[\w+/-]{2}(?:==)?|[\w+/-]{3}=?)?$/.test(text))
    return new Uint8Array(Buffer.from(text, 'base64'));
  throw invalidValue('bytes in base64');
}
