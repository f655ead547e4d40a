import type { Unique } from '../../../catalog/model/constraint.ts';
import { textExpression } from '../../../catalog/model/expression.ts';
import type { IndexDefinition, IndexKey } from '../../../catalog/model/index-definition.ts';
import { keyColumnName } from '../definition/generated-names.ts';
import type { CatalogQueries } from './catalog-queries.ts';
import type { Row } from './rows.ts';

/** An index of a table, before it is told apart from a unique constraint. */
export interface InspectedIndex {
  readonly index: IndexDefinition;
  readonly isUnused: boolean;
}

/** The rows of one index → the index, with predicate and expressions taken back from what carries them. */
export function inspectIndex(
  rows: readonly Row[],
  generations: ReadonlyMap<string, string>,
  queries: CatalogQueries,
): InspectedIndex {
  const [, name = '', notUnique, , , , method = 'BTREE', comment = '', , unused] = rows[0] ?? [];
  const keys = rows.map((row) => inspectKey(row, generations, queries));
  const predicate = keys.at(-1)?.expression === undefined ? undefined : predicateOf(keys.at(-1));
  const index: IndexDefinition = {
    name,
    keys: predicate === undefined || notUnique === '1' ? keys : keys.slice(0, -1),
    unique: notUnique === '0',
    ...(method === 'BTREE' ? {} : { method: method.toLowerCase() }),
    ...(predicate === undefined || notUnique === '1' ? {} : { where: textExpression(predicate) }),
    ...(comment === '' ? {} : { comment }),
  };
  return { index, isUnused: unused === 'YES' };
}

/** A unique key over plain columns is a constraint; with anything more it is an index. */
export function asUnique({ index, isUnused }: InspectedIndex): Unique | undefined {
  const columns = index.keys.flatMap((key) => (Object.keys(key).length === 1 ? (key.column ?? []) : []));
  const isPlain = columns.length === index.keys.length && index.where === undefined;
  const isBare = index.method === undefined && index.comment === undefined && !isUnused;
  return index.unique && isPlain && isBare ? { name: index.name, columns } : undefined;
}

/** The columns that carry the index's expressions. */
export function carriers(name: string, keyCount: number): readonly string[] {
  return [
    ...Array.from({ length: keyCount }, (_, place) => keyColumnName(name, place + 1)),
    keyColumnName(name, 'where'),
  ];
}

function inspectKey(row: Row, generations: ReadonlyMap<string, string>, queries: CatalogQueries): IndexKey {
  const [, index = '', , column, collation, prefix, , , expression] = row;
  const carried = column !== undefined && isCarrier(index, column) ? generations.get(column) : undefined;
  const text = expression === undefined ? carried : queries.expression(expression);
  return {
    ...(text === undefined ? { column: column ?? '' } : { expression: textExpression(text) }),
    ...(collation === 'D' ? { order: 'desc' as const } : {}),
    ...(prefix === undefined || row[6] === 'SPATIAL' ? {} : { prefixLength: Number(prefix) }),
  };
}

/** Made by our compiler for this index: its name carries the hash of the index's name. */
function isCarrier(index: string, column: string): boolean {
  return column.startsWith(keyColumnName(index, 'where').slice(0, -'where'.length));
}

function predicateOf(key: IndexKey | undefined): string | undefined {
  const part = key?.expression?.parts[0];
  const text = part?.kind === 'text' ? part.text : '';
  return /^\(?case when (.*) then 1 end\)?$/is.exec(text)?.[1];
}
