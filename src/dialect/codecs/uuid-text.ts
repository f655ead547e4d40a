import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** UUIDs as lower-case text with hyphens; upper case is accepted and lowered. */
export const uuidText: Codec = {
  decodesAsIs: true,
  encode(value: unknown): string {
    if (typeof value === 'string' && value.length === 36) {
      const text = value.toLowerCase();
      if (uuid.test(text)) return text;
    }
    throw invalidValue('a UUID as text');
  },
  decode(raw: unknown): string {
    return raw as string;
  },
};
