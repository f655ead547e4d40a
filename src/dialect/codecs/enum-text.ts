import type { EnumType } from '../../catalog/model/enum-type.ts';
import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';

/** One of the enum's values. */
export function enumText(type: EnumType): Codec {
  const values: ReadonlySet<unknown> = new Set(type.values);
  return {
    decodesAsIs: true,
    encode(value: unknown): string {
      if (values.has(value)) return value as string;
      throw invalidValue(`one of the values of ${type.name}: ${type.values.join(', ')}`);
    },
    decode(raw: unknown): string {
      return raw as string;
    },
  };
}
