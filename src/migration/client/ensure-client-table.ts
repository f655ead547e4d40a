import { createCatalog } from '../../catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../catalog/model/catalog.ts';
import { isHeld } from '../../database/is-held.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { catalogOf } from '../../schema/schema.ts';
import { clients, clientTableName } from './client-table.ts';

/** Is there a table in which clients report themselves? */
export async function hasClientTable({ dialect, connection }: PinnedSession): Promise<boolean> {
  return await isHeld(dialect, connection, { question: 'exists', object: { kind: 'table', name: clientTableName } });
}

/** Makes the table of clients if it is not there; several may try at once. */
export async function ensureClientTable(session: PinnedSession): Promise<void> {
  if (await hasClientTable(session)) return;
  const [change] = createCatalog(catalogOf({ clients }));
  if (change === undefined) return;
  try {
    for (const { sql } of session.dialect.definition.compile(change, emptyCatalog)) await session.run({ sql }, []);
  } catch (error) {
    if (!RowhouseError.has(error, 'OBJECT_EXISTS') && !(await hasClientTable(session))) throw error;
  }
}
