import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { withColumns, cutTable } from '../rebuild/table-text.ts';
import { findColumn } from '../rebuild/table-shape.ts';
import { tableFact, textOf } from './table-fact.ts';
import { shapeOf } from './table-rules.ts';

/** `to` with the tables and columns of `from` that it has not: what holds rows stays. */
export function keepRows(from: Structure, to: Structure): Structure {
  const facts = new Map(to.facts);
  for (const before of from.facts.values()) {
    const after = to.facts.get(before.id);
    if (after !== undefined) facts.set(after.id, withKeptColumns(before, after));
    else if (isKept(before, from, to)) facts.set(before.id, before);
  }
  return { ...to, facts };
}

/** A table that `to` has not stays with its indexes and triggers, unless their names are needed. */
function isKept({ kind, parent }: Fact, from: Structure, to: Structure): boolean {
  if (kind === 'table' || kind === 'virtual table') return true;
  const table = parent === undefined ? undefined : from.facts.get(parent);
  return table?.kind === 'table' && !to.facts.has(table.id);
}

function withKeptColumns(before: Fact, after: Fact): Fact {
  const [old, fresh] = [shapeOf(before), shapeOf(after)];
  if (old === undefined || fresh === undefined) return after;
  const kept = cutTable(textOf(before)).items.flatMap(({ text, column }) =>
    column === undefined || findColumn(fresh, column) !== undefined ? [] : [text],
  );
  return kept.length === 0 ? after : tableFact(withColumns(cutTable(textOf(after)), kept));
}
