import type { Fact } from '../../../dialect/structure/fact.ts';
import { plainStrings } from '../inspect/plain-strings.ts';
import type { SchemaRow } from '../inspect/read-rows.ts';
import { TokenReader } from '../inspect/token-reader.ts';
import { withoutTail } from '../rebuild/table-text.ts';
import { canonicalText } from './canonical-text.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** What is known of a view beside its text. */
export interface ViewFacts {
  /** The names of the database. */
  readonly known: ReadonlySet<string>;
  readonly requires: readonly string[];
  /** Absent: it cannot be read. */
  readonly columns: readonly string[] | undefined;
}

/** A view. Names keep their case: its columns show it. */
export function viewFact({ name, sql }: SchemaRow, { known, requires, columns }: ViewFacts): Fact {
  return {
    kind: 'view',
    id: viewId(name),
    attributes: { name, query: canonicalText(behindName(plainStrings(sql, known)), 'keep') },
    requires,
    notes: { sql: withoutTail(sql), ...(columns === undefined ? {} : { columns }) },
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
