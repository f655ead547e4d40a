import { nameKey, type ObjectName } from '../../catalog/model/object-name.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';

/** How much room the plans may take beside what is there, in bytes. */
export interface SpaceNeeded {
  /** No more than this, by the size of the tables: nobody knows beforehand how large an index or a copy becomes. */
  readonly atMostBytes: number;
  /** Undefined: it cannot be known from here. */
  readonly freeBytes: number | undefined;
}

/** What the plans may write anew; undefined where the engine does not say how large its tables are. */
export async function spaceNeeded(
  { dialect: { space }, connection }: PinnedSession,
  plans: readonly RevisionPlan[],
): Promise<SpaceNeeded | undefined> {
  if (space === undefined) return undefined;
  const tables = new Map(
    plans
      .filter(writesRows)
      .flatMap(tablesOf)
      .map((table) => [nameKey(table), table]),
  );
  let atMostBytes = 0;
  for (const table of tables.values()) atMostBytes += await space.sizeOf(connection, table);
  return { atMostBytes, freeBytes: await space.freeBytes(connection) };
}

/** Changes of the catalog alone leave rows where they are. An index is written on every engine, whatever its statement counts as. */
function writesRows({ revision, statements }: RevisionPlan): boolean {
  return (
    revision.up.some(({ kind }) => kind === 'create-index' || kind === 'add-unique') ||
    statements.some(({ class: kind = 'catalog', rebuilds, asks }) => kind !== 'catalog' || rebuilds || asks)
  );
}

function tablesOf({ revision }: RevisionPlan): readonly ObjectName[] {
  return revision.up.flatMap((change) => (isOfTable(change) ? [change.table] : []));
}

function isOfTable(change: object): change is { readonly table: ObjectName } {
  return 'table' in change;
}
