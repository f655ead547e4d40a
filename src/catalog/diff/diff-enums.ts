import type { Change } from '../change/change.ts';
import type { Catalog } from '../model/catalog.ts';
import type { EnumType } from '../model/enum-type.ts';
import { compareObjects, nameOf } from './members.ts';

/** What differs in enums: what columns need comes before them, what they may still use goes after. */
export interface EnumDiff {
  readonly before: readonly Change[];
  readonly between: readonly Change[];
  readonly drops: readonly Change[];
}

/** The changes of enums, one for each that differs; two where a column moves from a value that goes to one that comes. */
export function diffEnums(from: Catalog, to: Catalog): EnumDiff {
  const { gone, fresh, changed } = compareObjects(from.enums, to.enums);
  const shrinking = changed.filter(({ before, after }) => before.values.some((value) => !after.values.includes(value)));
  const widened = shrinking
    .filter(({ after, before }) => isNewDefault(after, before, to))
    .map(({ before, after }): Change => ({ kind: 'alter-enum', enum: { ...before, values: union(before, after) } }));
  const growing = changed.filter((one) => !shrinking.includes(one));
  return {
    before: [
      ...fresh.map((type): Change => ({ kind: 'create-enum', enum: type })),
      ...widened,
      ...growing.map(({ after }): Change => ({ kind: 'alter-enum', enum: after })),
    ],
    between: shrinking.map(({ after }): Change => ({ kind: 'alter-enum', enum: after })),
    drops: gone.map((type): Change => ({ kind: 'drop-enum', enum: nameOf(type) })),
  };
}

/** Does a column start with a value that the old enum does not have? */
function isNewDefault(after: EnumType, before: EnumType, { tables }: Catalog): boolean {
  return tables.some(({ columns }) =>
    columns.some(
      ({ type, default: value }) =>
        type.kind === 'enum' &&
        type.name === after.name &&
        type.namespace === after.namespace &&
        value?.kind === 'literal' &&
        after.values.includes(String(value.value)) &&
        !before.values.includes(String(value.value)),
    ),
  );
}

function union(before: EnumType, after: EnumType): readonly string[] {
  return [...before.values, ...after.values.filter((value) => !before.values.includes(value))];
}
