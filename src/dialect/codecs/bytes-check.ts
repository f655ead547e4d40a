import { invalidValue } from './invalid-value.ts';

/** The value itself when it is a `Uint8Array`. */
export function bytesCheck(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw invalidValue('a Uint8Array');
}
