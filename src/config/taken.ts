import type { Given } from './given.ts';
import type { Origin } from './origin.ts';

type ValueOf<G> = G extends Given<infer T> ? T : undefined;

/** Settings taken apart: their values, and where each was said. */
export interface Taken<G> {
  readonly values: { readonly [K in keyof G]: ValueOf<G[K]> };
  readonly origins: readonly Origin[];
}

/** Takes a record of given values apart; what nobody gave is in neither half. `prefix` begins the origins' names. */
export function taken<G extends object>(prefix: string, givens: G): Taken<G> {
  const said = Object.entries<Given<unknown> | undefined>(givens as Record<string, Given<unknown> | undefined>).flatMap(
    ([name, given]) => (given ? [{ name, given }] : []),
  );
  return {
    values: Object.fromEntries(said.map(({ name, given }) => [name, given.value])) as Taken<G>['values'],
    origins: said.map(({ name, given }) => ({ setting: prefix + name, source: given.source })),
  };
}
