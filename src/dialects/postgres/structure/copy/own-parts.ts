import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import { placeOf } from '../relation.ts';

/** The facts that are a fact or a part of it, at any depth, by their ids. */
export function partsWithin(id: string, { facts }: Structure): ReadonlySet<string> {
  const children = Map.groupBy(facts.values(), ({ parent }) => parent);
  const found = new Set<string>();
  const add = (one: string): void => {
    if (found.has(one)) return;
    found.add(one);
    for (const child of children.get(one) ?? []) add(child.id);
  };
  if (facts.has(id)) add(id);
  return found;
}

/** What a table has rows in, and what keeps them apart: the copy has it before the first row comes. */
export function isOfRows({ kind }: Fact): boolean {
  return ['table', 'column', 'default', 'identity', 'constraint', 'index'].includes(kind);
}

/** The columns of a table in their order. */
export function columnsOf(tableId: string, { facts }: Structure): readonly Fact[] {
  const columns = [...facts.values()].filter(({ kind, parent }) => kind === 'column' && parent === tableId);
  return columns.toSorted((a, b) => Number(a.notes?.['position']) - Number(b.notes?.['position']));
}

/** The names of the columns that hold values of their own in both. */
export function valueColumns(tableId: string, before: Structure, after: Structure): readonly string[] {
  const isOwn = (column: Fact | undefined): boolean => column?.attributes['generated'] === null;
  return columnsOf(tableId, before)
    .filter((column) => isOwn(column) && isOwn(after.facts.get(column.id)))
    .map((column) => placeOf(column).name);
}
