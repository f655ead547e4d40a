import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import type { ColumnShape } from './table-shape.ts';
import { namesIn } from './scan.ts';
import { textOf } from './text-of.ts';

/** The wanted structure with the tables and columns added that it would cost, each with what belongs to it. */
export function keepDropped(from: Structure, to: Structure): Structure {
  const facts = new Map(to.facts);
  const missing = [...from.facts.values()].filter(({ id }) => !to.facts.has(id));
  const tables = new Set(missing.filter(({ kind }) => kind === 'table').map(({ id }) => id));
  const kept = missing.filter(({ id, kind, parent = '' }) => tables.has(id) || tables.has(parent) || kind === 'column');
  for (const fact of kept) facts.set(fact.id, fact);
  for (const fact of missing.filter((one) => leansOn(one, kept))) facts.set(fact.id, fact);
  return { ...to, facts };
}

/** Is it an index, key or check over a column that stays? */
function leansOn({ kind, parent, attributes }: Fact, kept: readonly Fact[]): boolean {
  if (kind !== 'index' && kind !== 'foreign-key' && kind !== 'check') return false;
  const used = namesIn(textOf({ attributes }, kind === 'check' ? 'expression' : 'columns'));
  return kept.some((column) => column.kind === 'column' && column.parent === parent && used.has(nameOf(column)));
}

function nameOf({ attributes }: Fact): string {
  return (attributes as unknown as ColumnShape).name.toLowerCase();
}
