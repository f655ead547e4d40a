import type { Fact } from '../../../dialect/structure/fact.ts';
import { plainStrings } from '../inspect/plain-strings.ts';
import type { SchemaRow } from '../inspect/read-rows.ts';
import { TokenReader } from '../inspect/token-reader.ts';
import { withoutTail } from '../rebuild/table-text.ts';
import { canonicalText } from './canonical-text.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** A view; `known` are the names of the database. Names keep their case: the columns of a view show it. */
export function viewFact({ name, sql }: SchemaRow, known: ReadonlySet<string>, requires: readonly string[]): Fact {
  return {
    kind: 'view',
    id: viewId(name),
    attributes: { name, query: canonicalText(behindName(plainStrings(sql, known)), 'keep') },
    requires,
    notes: { sql: withoutTail(sql) },
  };
}

export function viewId(name: string): string {
  return `view ${foldName(name)}`;
}

/** What follows `create view <name>`: a list of columns, if there is one, and the query. */
function behindName(sql: string): string {
  const reader = new TokenReader(sql);
  reader.until('view');
  reader.next();
  reader.next();
  return reader.text(reader.until(';'));
}
