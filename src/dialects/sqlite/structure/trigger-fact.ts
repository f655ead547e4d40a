import type { Fact } from '../../../dialect/structure/fact.ts';
import { plainStrings } from '../inspect/plain-strings.ts';
import type { SchemaRow } from '../inspect/read-rows.ts';
import { TokenReader } from '../inspect/token-reader.ts';
import { withoutTail } from '../rebuild/table-text.ts';
import { canonicalText } from './canonical-text.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** A trigger: a part of its table or view, that needs whatever else its text names. `known` are the names of the database. */
export function triggerFact(
  { name, sql }: SchemaRow,
  parent: string,
  known: ReadonlySet<string>,
  requires: readonly string[],
): Fact {
  return {
    kind: 'trigger',
    id: triggerId(name),
    parent,
    attributes: { name, text: triggerText(plainStrings(sql, known)) },
    requires: requires.filter((id) => id !== parent),
    notes: { sql: withoutTail(sql) },
  };
}

export function triggerId(name: string): string {
  return `trigger ${foldName(name)}`;
}

/** What follows the name. `before` is what a trigger is that says nothing, and `for each row` is what all of them are. */
function triggerText(sql: string): string {
  const reader = new TokenReader(sql);
  reader.until('trigger');
  reader.next();
  reader.next();
  const saysWhen = reader.isAt('before', 'after', 'instead');
  const head = reader.until('for', 'when', 'begin');
  const headText = `${saysWhen ? '' : 'before '}${canonicalText(reader.text(head))}`;
  reader.takeAll('for', 'each', 'row');
  const start = reader.peek()?.start ?? 0;
  return `${headText} ${canonicalText(sql.slice(start))}`;
}
