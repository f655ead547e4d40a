import type { RawObject } from '../../../catalog/model/raw-object.ts';
import { inOrder, type Dependencies } from './dependencies.ts';
import type { RawPart } from './raw-part.ts';

/** The raw objects in the order of making: those that need no table first. */
export function placeRawParts(
  parts: readonly RawPart[],
  dependencies: Dependencies,
  isModelled: (key: string) => boolean,
): readonly RawObject[] {
  const byKey = new Map(parts.map((part) => [part.key, part]));
  const needs = withNeeds(parts, dependencies);
  const isLate = lateness(byKey, needs, isModelled);
  const ordered = inOrder(
    parts.toSorted((a, b) => compare(nameOf(a), nameOf(b))).map(({ key }) => key),
    needs,
  );
  const objects = ordered.flatMap((key) => {
    const part = byKey.get(key);
    return part === undefined ? [] : [{ ...part.object, stage: isLate(key) ? late : early }];
  });
  return [...objects.filter(({ stage }) => stage === early), ...objects.filter(({ stage }) => stage === late)];
}

const early = 'before-tables' as const;
const late = 'after-tables' as const;

/** Does a key need, over any number of steps, a table or view of the model or something made after them? */
export function lateness(
  parts: ReadonlyMap<string, RawPart>,
  needs: Dependencies,
  isModelled: (key: string) => boolean,
): (key: string) => boolean {
  const known = new Map<string, boolean>();
  const isLate = (key: string): boolean => {
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    known.set(key, false); // needs itself, by way of others: that alone decides nothing
    const result =
      parts.get(key)?.late === true || (needs.get(key) ?? []).some((needed) => isModelled(needed) || isLate(needed));
    known.set(key, result);
    return result;
  };
  return isLate;
}

/** What the server knows, and what the parts say themselves. */
export function withNeeds(parts: readonly RawPart[], dependencies: Dependencies): Dependencies {
  const own = parts.map(({ key, needs = [] }) => [key, [...(dependencies.get(key) ?? []), ...needs]] as const);
  return new Map([...dependencies, ...own]);
}

function nameOf({ object }: RawPart): string {
  return [object.type, object.namespace ?? '', object.table ?? '', object.name].join('\0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
