import { sameName, type ObjectName } from '../model/object-name.ts';
import { same } from './same.ts';

/** Two lists by identity: what is gone, what is new, and what is on both sides and differs. */
export interface Compared<T> {
  readonly gone: readonly T[];
  readonly fresh: readonly T[];
  readonly changed: readonly { readonly before: T; readonly after: T }[];
}

/** Compares two lists whose elements `isOne` pairs. */
export function compareBy<T>(from: readonly T[], to: readonly T[], isOne: (a: T, b: T) => boolean): Compared<T> {
  return {
    gone: from.filter((before) => !to.some((after) => isOne(before, after))),
    fresh: to.filter((after) => !from.some((before) => isOne(before, after))),
    changed: to.flatMap((after) => {
      const before = from.find((candidate) => isOne(candidate, after));
      return before === undefined || same(before, after) ? [] : [{ before, after }];
    }),
  };
}

/** Compares the columns, constraints or indexes of one table. */
export function compareMembers<T extends { readonly name: string }>(from: readonly T[], to: readonly T[]): Compared<T> {
  return compareBy(from, to, (a, b) => a.name === b.name);
}

/** Compares objects of a database by their whole name. */
export function compareObjects<T extends ObjectName>(from: readonly T[], to: readonly T[]): Compared<T> {
  return compareBy(from, to, sameName);
}

/** The name alone, as changes carry it. */
export function nameOf({ namespace, name }: ObjectName): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}
