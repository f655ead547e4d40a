import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { refuse } from '../refuse.ts';
import { sqliteText } from '../text.ts';

const collations: ReadonlySet<string> = new Set(['binary', 'nocase', 'rtrim']);

/** A `collate` clause. SQLite takes any name and fails at the first use of one it does not know, so that is asked here. */
export function collationText(table: ObjectName, member: string, collation: string): string {
  if (collations.has(collation.toLowerCase())) return `collate ${sqliteText.name(collation)}`;
  throw refuse(table, member, `there is no collation ${collation}`, 'use binary, nocase or rtrim, or leave it out');
}
