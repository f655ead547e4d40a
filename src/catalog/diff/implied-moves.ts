import type { Move } from '../change/move-object.ts';
import { withName } from '../change/replace.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ObjectName } from '../model/object-name.ts';
import { compareObjects, nameOf } from './members.ts';
import type { Rename } from './rename.ts';
import { same } from './same.ts';

/**
 * Moves that need no question: an enum or a view that says exactly what one of its name says in another namespace, and a
 * sequence that a table of its namespace has gone before.
 */
export function impliedMoves(from: Catalog, to: Catalog, renames: readonly Rename[]): readonly Move[] {
  const isWay = (old: ObjectName, next: ObjectName): boolean =>
    renames.some(
      (one) =>
        one.kind === 'move-object' && one.object.namespace === old.namespace && one.to.namespace === next.namespace,
    );
  return [
    ...moves('enum', from.enums, to.enums, () => true),
    ...moves('sequence', from.sequences, to.sequences, isWay),
    ...moves('view', from.views, to.views, () => true),
  ];
}

function moves<T extends ObjectName>(
  of: Move['of'],
  from: readonly T[],
  to: readonly T[],
  isWay: (old: ObjectName, next: ObjectName) => boolean,
): readonly Move[] {
  const { gone, fresh } = compareObjects(from, to);
  return gone.flatMap((old): readonly Move[] => {
    const next = fresh.find(
      (one) => one.name === old.name && one.namespace !== old.namespace && same(withName(one, old), old),
    );
    if (next === undefined || !isWay(old, next)) return [];
    return [{ kind: 'move-object', of, object: nameOf(old), to: nameOf(next) }];
  });
}
