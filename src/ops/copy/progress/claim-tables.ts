import type { Database } from '../../../database/database.ts';
import type { PinnedSession } from '../../../database/pinned-session.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { countRows } from '../load/read-rows.ts';
import type { CopyPlan, TableCopy } from '../plan/copy-plan.ts';
import { isSameContent } from '../verify/verify-copy.ts';
import type { FreshTable, TableProgress } from './progress-store.ts';

/**
 * The tables that begin now: those never begun, and those dropped since. Refuses the copy when a table of the target
 * holds rows that no copy put there, unless they are exactly the source's: then a copy has finished already.
 */
export async function claimTables(
  from: Pick<Database, 'read' | 'where'>,
  to: PinnedSession,
  { tables }: CopyPlan,
  began: ReadonlyMap<string, TableProgress>,
  options: { readonly batchRows: number; readonly signal: AbortSignal | undefined },
): Promise<readonly FreshTable[]> {
  refuseOtherSource(from, began);
  const fresh: FreshTable[] = [];
  const occupied: string[] = [];
  for (const copy of tables.filter(({ name, exists }) => !exists || !began.has(name))) {
    if (!copy.exists || (await countRows(to, copy.to)) === 0)
      fresh.push({ tableName: copy.name, state: 'open', made: !copy.exists });
    else if (await isFinished(from, to, copy, options))
      fresh.push({ tableName: copy.name, state: 'loaded', made: false });
    else occupied.push(copy.name);
  }
  if (occupied.length === 0) return fresh;
  throw new RowhouseError('COPY_REFUSED', `the target has rows of its own in ${occupied.join(', ')}`, {
    details: { tables: occupied },
    hint: 'empty or drop these tables, or copy into another database',
  });
}

async function isFinished(
  from: Pick<Database, 'read' | 'where'>,
  to: PinnedSession,
  copy: TableCopy,
  options: { readonly batchRows: number; readonly signal: AbortSignal | undefined },
): Promise<boolean> {
  const counts = [await countRows(from.read, copy.from), await countRows(to, copy.to)];
  return counts[0] === counts[1] && (await isSameContent(from.read, to, copy, options));
}

function refuseOtherSource(from: Pick<Database, 'where'>, began: ReadonlyMap<string, TableProgress>): void {
  const other = [...began.values()].find(({ source }) => source !== from.where);
  if (other === undefined) return;
  throw new RowhouseError('COPY_REFUSED', `a copy from ${other.source} into this database is unfinished`, {
    details: { source: other.source },
    hint: 'finish it by running it again, or drop its tables and the table rowhouse_copy',
  });
}
