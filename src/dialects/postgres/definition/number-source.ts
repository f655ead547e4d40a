import type { Identity } from '../../../catalog/model/column.ts';

/** How numbers are given out: what a sequence and an identity column have in common. */
export type NumberSource = Omit<Identity, 'generation'>;

/** The options of a new sequence, as they stand behind its name or in the parentheses of an identity. */
export function numberOptions({ start, increment, minimum, maximum, cache, cycle }: NumberSource): readonly string[] {
  return [
    ...(increment === undefined ? [] : [`increment by ${BigInt(increment)}`]),
    ...(minimum === undefined ? [] : [`minvalue ${BigInt(minimum)}`]),
    ...(maximum === undefined ? [] : [`maxvalue ${BigInt(maximum)}`]),
    ...(start === undefined ? [] : [`start with ${BigInt(start)}`]),
    ...(cache === undefined ? [] : [`cache ${BigInt(cache)}`]),
    ...(cycle === true ? ['cycle'] : []),
  ];
}

/** All options, those at their default too, for a sequence that stands; where it begins again stays unless it is said. */
export function allNumberOptions({
  start,
  increment,
  minimum,
  maximum,
  cache,
  cycle,
}: NumberSource): readonly string[] {
  return [
    `increment by ${BigInt(increment ?? 1)}`,
    minimum === undefined ? 'no minvalue' : `minvalue ${BigInt(minimum)}`,
    maximum === undefined ? 'no maxvalue' : `maxvalue ${BigInt(maximum)}`,
    ...(start === undefined ? [] : [`start with ${BigInt(start)}`]),
    `cache ${BigInt(cache ?? 1)}`,
    cycle === true ? 'cycle' : 'no cycle',
  ];
}
