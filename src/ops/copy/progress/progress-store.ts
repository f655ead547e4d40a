import { createCatalog } from '../../../catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../../catalog/model/catalog.ts';
import type { PinnedSession } from '../../../database/pinned-session.ts';
import type { Session } from '../../../database/session.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { createRepository } from '../../../repository/create-repository.ts';
import { catalogOf } from '../../../schema/schema.ts';
import { id, sql } from '../../../sql/sql.ts';
import { copyProgress, copyTableName } from './progress-table.ts';

/** How far one table is. */
export type TableProgress = (typeof copyProgress)['$row'];

/** A table whose progress begins with this run. */
export type FreshTable = Pick<TableProgress, 'tableName' | 'state' | 'made'>;

/** What the target knows of the copy by table; empty where none was begun. */
export async function readProgress(session: PinnedSession): Promise<ReadonlyMap<string, TableProgress>> {
  if (!(await hasProgressTable(session))) return new Map();
  const rows = await createRepository(copyProgress, session).list();
  return new Map(rows.map((row) => [row.tableName, row]));
}

/** Makes the table of progress if need be, and a row for each table that has none. */
export async function beginProgress(
  session: PinnedSession,
  source: string,
  fresh: readonly FreshTable[],
): Promise<void> {
  if (!(await hasProgressTable(session))) await makeProgressTable(session);
  await session.transaction(async (transaction) => {
    const rows = createRepository(copyProgress, transaction);
    for (const { tableName, state, made } of fresh) {
      await transaction.execute(sql`delete from ${id(copyTableName)} where ${id('table_name')} = ${tableName}`);
      await rows.insert({ tableName, source, rowsDone: 0n, lastKey: null, state, made });
    }
  });
}

/**
 * Moves a table's progress on from `before`, as the first statement of the transaction that writes its rows: a run that
 * was killed may still be committing the same batch on the server, and this waits for it and then finds out.
 */
export async function advance(session: Session, before: TableProgress, after: TableProgress): Promise<void> {
  const { rowsDone, lastKey, state } = after;
  const changed = await session.execute(sql`update ${id(copyTableName)}
    set ${id('rows_done')} = ${rowsDone}, ${id('last_key')} = ${lastKey}, ${id('state')} = ${state}
    where ${id('table_name')} = ${before.tableName} and ${id('rows_done')} = ${before.rowsDone} and ${id('state')} = ${before.state}`);
  if (changed === 1) return;
  throw new RowhouseError('COPY_REFUSED', `another copy is writing table ${before.tableName}`, {
    details: { table: before.tableName },
    hint: 'wait for it to end, then run this one again',
  });
}

export async function dropProgress(session: PinnedSession): Promise<void> {
  for (const { sql: text } of session.dialect.definition.compile(
    { kind: 'drop-table', table: { name: copyTableName } },
    catalogOf({ copyProgress }),
  )) {
    await session.run({ sql: text }, []);
  }
}

async function hasProgressTable({ dialect, connection }: PinnedSession): Promise<boolean> {
  return await dialect.inspector.holds(connection, {
    question: 'exists',
    object: { kind: 'table', name: copyTableName },
  });
}

async function makeProgressTable(session: PinnedSession): Promise<void> {
  for (const change of createCatalog(catalogOf({ copyProgress }))) {
    for (const statement of session.dialect.definition.compile(change, emptyCatalog)) {
      await session.run({ sql: statement.sql }, []);
    }
  }
}
