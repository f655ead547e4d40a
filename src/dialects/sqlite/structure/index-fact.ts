import type { Fact } from '../../../dialect/structure/fact.ts';
import { parseIndex } from '../inspect/parse-index.ts';
import type { ParsedTerm } from '../inspect/parse-terms.ts';
import type { SchemaRow } from '../inspect/read-rows.ts';
import { withoutTail } from '../rebuild/table-text.ts';
import { canonicalExpression } from './canonical-text.ts';
import { tableId } from './table-fact.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** An index that somebody made; those behind constraints are no facts. */
export function indexFact({ name, table, sql }: SchemaRow): Fact {
  const { unique, terms, where } = parseIndex(sql);
  return {
    kind: 'index',
    id: `index ${foldName(name)}`,
    parent: tableId(table),
    attributes: {
      name,
      unique,
      keys: terms.map(termText),
      ...(where === undefined ? {} : { where: canonicalExpression(where) }),
    },
    requires: [],
    notes: { sql: withoutTail(sql) },
  };
}

function termText({ text, collation, descending }: ParsedTerm): string {
  const collate = collation === undefined ? '' : ` collate ${foldName(collation)}`;
  return `${canonicalExpression(text)}${collate}${descending ? ' desc' : ''}`;
}
