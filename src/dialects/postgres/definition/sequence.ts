import type { Sequence } from '../../../catalog/model/sequence.ts';
import { newQualified } from '../text.ts';

/** A free-standing sequence of 64-bit numbers. */
export function createSequence(sequence: Sequence): string {
  const { start, increment, minimum, maximum, cycle = false } = sequence;
  return [
    `create sequence ${newQualified(sequence)}`,
    ...(increment === undefined ? [] : [`increment by ${BigInt(increment)}`]),
    ...(minimum === undefined ? [] : [`minvalue ${BigInt(minimum)}`]),
    ...(maximum === undefined ? [] : [`maxvalue ${BigInt(maximum)}`]),
    ...(start === undefined ? [] : [`start with ${BigInt(start)}`]),
    ...(cycle ? ['cycle'] : []),
  ].join(' ');
}
