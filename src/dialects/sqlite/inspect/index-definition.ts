import { textExpression } from '../../../catalog/model/expression.ts';
import type { IndexDefinition, IndexKey } from '../../../catalog/model/index-definition.ts';
import { parseIndex } from './parse-index.ts';
import type { ParsedTerm } from './parse-terms.ts';
import type { SchemaRow } from './read-rows.ts';

/** An index from the text that made it. */
export function buildIndex(row: SchemaRow, columns: readonly string[]): IndexDefinition {
  const { unique, terms, where } = parseIndex(row.sql);
  return {
    name: row.name,
    keys: terms.map((term) => buildKey(term, columns)),
    unique,
    ...(where === undefined ? {} : { where: textExpression(where) }),
  };
}

/** A lone name that is no column is an expression: SQLite once read `"text"` as a string. */
function buildKey(term: ParsedTerm, columns: readonly string[]): IndexKey {
  const column = columns.find((name) => name.toLowerCase() === term.name?.toLowerCase());
  return {
    ...(column === undefined ? { expression: textExpression(term.text) } : { column }),
    ...(term.descending ? { order: 'desc' as const } : {}),
    ...(term.collation === undefined ? {} : { collation: term.collation }),
  };
}
