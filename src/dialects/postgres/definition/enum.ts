import type { EnumType } from '../../../catalog/model/enum-type.ts';
import { capabilityMissing, newQualified, postgresText, qualified } from '../text.ts';
import { commentText } from './comment.ts';

/** A named type and its comment. */
export function createEnum(type: EnumType): readonly string[] {
  refuseLongValues(type);
  const values = type.values.map((value) => postgresText.literal(value)).join(', ');
  return [
    `create type ${newQualified(type)} as enum (${values})`,
    ...commentText(`type ${qualified(type)}`, type.comment),
  ];
}

export function refuseLongValues(type: EnumType): void {
  if (type.values.some((value) => Buffer.byteLength(value) > 63))
    throw capabilityMissing(type, 'a value of an enum has at most 63 bytes', 'use text with a check');
}
