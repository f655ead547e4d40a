import type { Fact, FactValue, Structure } from '../../../dialect/structure/fact.ts';

/**
 * The structure with each table as one fact, columns, indexes and checks inside: one `alter table` changes them
 * together. Foreign keys stay facts of their own, for they wait for other tables.
 */
export function foldTables(structure: Structure): Structure {
  const inside = Map.groupBy(
    [...structure.facts.values()].filter(({ kind }) => kind === 'column' || kind === 'index' || kind === 'check'),
    ({ parent }) => parent,
  );
  const circular = circularForeignKeys(structure);
  const folded = [...structure.facts.values()].flatMap((fact): readonly Fact[] => {
    if (fact.kind === 'table') return [foldTable(fact, inside.get(fact.id) ?? [])];
    if (fact.kind === 'foreign-key') return [{ ...fact, notes: { circular: circular.has(fact.id) } }];
    return fact.kind === 'column' || fact.kind === 'index' || fact.kind === 'check' ? [] : [fact];
  });
  return { ...structure, facts: new Map(folded.map((fact) => [fact.id, fact])) };
}

function foldTable(table: Fact, members: readonly Fact[]): Fact {
  const attributes: Record<string, FactValue> = { table: table.attributes };
  for (const { id, attributes: inner } of members) attributes[id] = inner;
  return { ...table, attributes };
}

/** The foreign keys of tables that need each other: they are made after both and go before both. */
function circularForeignKeys({ facts }: Structure): ReadonlySet<string> {
  const keys = [...facts.values()].filter(({ kind }) => kind === 'foreign-key');
  const targets = Map.groupBy(keys, ({ parent = '' }) => parent);
  const reaches = (from: string, goal: string): boolean => {
    const seen = new Set<string>();
    const waiting = [from];
    for (let table = waiting.pop(); table !== undefined; table = waiting.pop()) {
      if (table === goal) return true;
      if (seen.has(table)) continue;
      seen.add(table);
      waiting.push(...(targets.get(table) ?? []).flatMap(({ requires }) => requires));
    }
    return false;
  };
  return new Set(
    keys
      .filter(({ parent = '', requires }) => requires.some((target) => target !== parent && reaches(target, parent)))
      .map(({ id }) => id),
  );
}
