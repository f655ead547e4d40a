import { createCatalog } from '../../catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../catalog/model/catalog.ts';
import { isHeld } from '../../database/is-held.ts';
import type { Session } from '../../database/session.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { Connection } from '../../driver/connection.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { catalogOf } from '../../schema/schema.ts';
import { clients, clientTableName } from './client-table.ts';

/** Where a question to the catalog is asked. */
interface Asked {
  readonly dialect: Dialect;
  readonly connection: Connection;
}

/** Is there a table in which clients report themselves? */
export async function hasClientTable({ dialect, connection }: Asked): Promise<boolean> {
  return await isHeld(dialect, connection, { question: 'exists', object: { kind: 'table', name: clientTableName } });
}

/** Makes the table of clients if it is not there; outside a transaction several may try at once. */
export async function ensureClientTable(session: Session, connection: Connection): Promise<void> {
  const { dialect } = session;
  if (await hasClientTable({ dialect, connection })) return;
  const [change] = createCatalog(catalogOf({ clients }));
  if (change === undefined) return;
  try {
    for (const { sql } of dialect.definition.compile(change, emptyCatalog)) await session.run({ sql }, []);
  } catch (error) {
    if (session.inTransaction || !RowhouseError.has(error, 'OBJECT_EXISTS')) throw error;
  }
}
