import { nameKey, type ObjectName } from '../model/object-name.ts';
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
  return compareByKey(from, to, ({ name }) => name);
}

/** Compares objects of a database by their whole name. */
export function compareObjects<T extends ObjectName>(from: readonly T[], to: readonly T[]): Compared<T> {
  return compareByKey(from, to, nameKey);
}

function compareByKey<T>(from: readonly T[], to: readonly T[], keyOf: (member: T) => string): Compared<T> {
  const before = new Map(from.map((member) => [keyOf(member), member]));
  const after = new Set(to.map(keyOf));
  return {
    gone: from.filter((member) => !after.has(keyOf(member))),
    fresh: to.filter((member) => !before.has(keyOf(member))),
    // Made when asked for: most callers only want to know what is gone and what is new.
    get changed() {
      return to.flatMap((member) => {
        const old = before.get(keyOf(member));
        return old === undefined || same(old, member) ? [] : [{ before: old, after: member }];
      });
    },
  };
}

/** The name alone, as changes carry it. */
export function nameOf({ namespace, name }: ObjectName): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}
