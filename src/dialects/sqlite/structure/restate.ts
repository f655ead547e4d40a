import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { foldName } from '../rebuild/fold-name.ts';
import { findColumn, type TableShape } from '../rebuild/table-shape.ts';
import { sqliteText } from '../text.ts';
import { canonicalText } from './canonical-text.ts';
import { restateColumn } from './restate-column.ts';
import { restateConstraints } from './restate-constraints.ts';
import { columnValue, tableId, wordOf } from './table-fact.ts';
import { shapeOf } from './table-rules.ts';

/** `found` in the words of `expected` wherever SQLite does the same with both. */
export function restate(found: Structure, expected: Structure): Structure {
  const keyOf = (table: string): readonly string[] => keyColumns(found.facts.get(tableId(table)));
  const facts = [...found.facts].map(([id, fact]) => {
    const wanted = expected.facts.get(id);
    return [
      id,
      wanted === undefined ? fact : (restateTable(fact, wanted, keyOf) ?? restateView(fact, wanted)),
    ] as const;
  });
  return { ...found, facts: new Map(facts) };
}

function keyColumns(fact: Fact | undefined): readonly string[] {
  const key = fact && shapeOf(fact)?.constraints.find(({ kind }) => kind === 'primary-key');
  return key?.kind === 'primary-key' ? key.terms.map(({ name, text }) => name ?? text) : [];
}

function restateTable(fact: Fact, wanted: Fact, keyOf: (table: string) => readonly string[]): Fact | undefined {
  const [found, expected] = [shapeOf(fact), shapeOf(wanted)];
  // Whether a key is the row's number hangs on a word of its type, so there the words must stay.
  if (found === undefined || expected === undefined || !isSameRowNumber(found, expected)) return undefined;
  const columns = found.columns.map((column) => {
    const other = findColumn(expected, column.name);
    const value = other === undefined ? columnValue(column) : restateColumn([column, found], [other, expected]);
    return [foldName(column.name), value] as const;
  });
  const constraints = restateConstraints(found.constraints, expected.constraints, keyOf);
  return { ...fact, attributes: { ...fact.attributes, columns: Object.fromEntries(columns), constraints } };
}

function isSameRowNumber(one: TableShape, other: TableShape): boolean {
  return foldName(one.rowNumber ?? '') === foldName(other.rowNumber ?? '');
}

function restateView(fact: Fact, wanted: Fact): Fact {
  const { query } = wanted.attributes;
  const isSame = query !== undefined && queryWithNames(fact) === queryWithNames(wanted);
  return isSame ? { ...fact, attributes: { ...fact.attributes, query } } : fact;
}

/** A view that does not name its columns has the names that SQLite gives them. */
function queryWithNames({ attributes, notes }: Fact): string {
  const query = wordOf(attributes['query']);
  const columns = notes?.['columns'];
  if (query.startsWith('(') || !Array.isArray(columns)) return query;
  const list = `(${columns.map((name) => sqliteText.name(String(name))).join(', ')})`;
  return `${canonicalText(list, 'keep')} ${query}`;
}
