import type { Change } from '../../catalog/change/change.ts';
import type { Place } from './judge-steps.ts';
import { placeOf } from './place.ts';

/**
 * Where each change of a revision stands in the text of its file: the nth of a kind is where the kind is written for
 * the nth time. A kind that is written another number of times was made by code, and stands at the beginning.
 */
export function changePlaces(source: string, changes: readonly Change[]): readonly Place[] {
  const seen = new Map<string, number>();
  return changes.map(({ kind }) => {
    const places = [...source.matchAll(new RegExp(`['"]?kind['"]?:\\s*['"]${kind}['"]`, 'g'))];
    const nth = seen.get(kind) ?? 0;
    seen.set(kind, nth + 1);
    const found = places.length === countOf(kind, changes) ? places[nth] : undefined;
    return found === undefined ? { line: 1, column: 1 } : placeOf(source, found.index);
  });
}

function countOf(kind: string, changes: readonly Change[]): number {
  return changes.filter((change) => change.kind === kind).length;
}
