import type { ObjectName } from '../../../../catalog/model/object-name.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import { factText } from '../fact-text.ts';
import { isForeignKey, tableNameOf } from '../relation.ts';

/** The tables that foreign keys among these facts refer to, in the order of their names. */
export function referredTables(facts: readonly Fact[], structure: Structure): readonly ObjectName[] {
  const ids = new Set(facts.filter(isForeignKey).map(({ notes }) => factText(notes?.['target'])));
  return [...ids].toSorted().flatMap((id) => {
    const target = structure.facts.get(id);
    return target === undefined ? [] : [tableNameOf(target)];
  });
}
