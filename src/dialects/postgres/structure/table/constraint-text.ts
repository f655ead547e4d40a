import type { Fact } from '../../../../dialect/structure/fact.ts';
import { factText } from '../fact-text.ts';
import { quoted } from '../names.ts';
import { placeOf } from '../relation.ts';

export function constraintText(constraint: Fact): string {
  return `constraint ${quoted(placeOf(constraint).name)} ${factText(constraint.attributes['definition'])}`;
}

/** True: rows that were there before it may break it. */
export function isUnproved({ attributes }: Fact): boolean {
  return factText(attributes['definition']).endsWith(' NOT VALID');
}
