import type { Fact, FactValue, Structure } from '../../../dialect/structure/fact.ts';
import { memberId, objectId } from './fact-ids.ts';
import { namesIn } from './scan.ts';
import { steadyText } from './steady-text.ts';
import type { CheckShape, ColumnShape, ForeignKeyShape, FrameShape, IndexShape, TableShape } from './table-shape.ts';

/** The facts about one table: the table itself, its columns, indexes, foreign keys and checks. */
export function tableFacts({ name, columns, indexes, foreignKeys, checks, frame }: TableShape): readonly Fact[] {
  const id = objectId('table', name);
  const member = (kind: string, attributes: Attributes & { readonly name: string }, place: number): Fact => {
    const requires = kind === 'foreign-key' ? referencedTable(attributes, name) : [];
    return { kind, id: memberId(kind, name, attributes.name), parent: id, attributes, requires, notes: { place } };
  };
  return [
    { kind: 'table', id, attributes: { name, ...frame }, requires: usedSequences(columns) },
    ...columns.map((column, place) => member('column', column, place)),
    ...indexes.map((index, place) => member('index', index, place)),
    ...foreignKeys.map((foreignKey, place) => member('foreign-key', foreignKey, place)),
    ...checks.map((check, place) => member('check', { ...check, expression: steadyText(check.expression) }, place)),
  ];
}

type Attributes = Readonly<Record<string, FactValue>>;

/** The table that the facts of a structure tell of. */
export function tableFromFacts(table: Fact, members: readonly Fact[]): TableShape {
  const of = <Shape>(kind: string): readonly Shape[] =>
    members
      .filter((fact) => fact.kind === kind)
      .toSorted((a, b) => Number(a.notes?.['place']) - Number(b.notes?.['place']))
      .map((fact) => fact.attributes as unknown as Shape);
  const { name, periods, options, versioned, partitioning } = table.attributes as unknown as TableAttributes;
  return {
    name,
    columns: of<ColumnShape>('column'),
    indexes: of<IndexShape>('index'),
    foreignKeys: of<ForeignKeyShape>('foreign-key'),
    checks: of<CheckShape>('check'),
    frame: { periods, options, versioned, partitioning },
  };
}

type TableAttributes = FrameShape & { readonly name: string };

/** Every table of a structure by its id. */
export function tablesOf({ facts }: Structure): ReadonlyMap<string, TableShape> {
  const members = Map.groupBy(facts.values(), ({ parent }) => parent);
  return new Map(
    [...facts.values()]
      .filter(({ kind }) => kind === 'table')
      .map((table) => [table.id, tableFromFacts(table, members.get(table.id) ?? [])]),
  );
}

function referencedTable(attributes: Attributes, owner: string): readonly string[] {
  const { database, table } = attributes as unknown as ForeignKeyShape;
  return database !== '' || table === owner ? [] : [objectId('table', table)];
}

function usedSequences(columns: readonly ColumnShape[]): readonly string[] {
  const texts = columns.map(({ parts }) => parts.default ?? '').filter((text) => /\b(?:nextval|lastval)\(/.test(text));
  return [...new Set(texts.flatMap((text) => [...sequenceNames(text)]))].map((name) => objectId('sequence', name));
}

function sequenceNames(text: string): ReadonlySet<string> {
  return namesIn([...text.matchAll(/\b(?:nextval|lastval)\((`(?:[^`]|``)+`)\)/g)].map(([, name]) => name).join(' '));
}
