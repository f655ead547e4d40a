import type { Change } from '../../catalog/change/change.ts';
import { sameName } from '../../catalog/model/object-name.ts';
import type { Safety } from '../../dialect/structure/rules.ts';

/**
 * How a change of a revision is made: plainly on a table that the revision makes, which is empty; else so that others
 * can go on. A revision with SQL by hand stays one transaction: only its author knows what must happen together.
 */
export function safetyOf(change: Change, revision: readonly Change[]): Safety {
  if (revision.some(({ kind }) => kind === 'raw-sql')) return 'plain';
  if (!('table' in change)) return 'online';
  const { table } = change;
  const isNew = revision.some((other) => other.kind === 'create-table' && sameName(other.table, table));
  return isNew ? 'plain' : 'online';
}
