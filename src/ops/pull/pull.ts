import type { Catalog } from '../../catalog/model/catalog.ts';
import type { RawObject } from '../../catalog/model/raw-object.ts';
import type { Change } from '../../catalog/change/change.ts';
import { createCatalog } from '../../catalog/change/create-catalog.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { companionTables } from '../../catalog/model/companion-tables.ts';
import { defaultLedgerName } from '../../migration/ledger/ledger-table.ts';
import { renderSchema } from '../../schema/source/render-schema.ts';
import { copyTableName } from '../copy/progress/progress-table.ts';
import { nameKeys } from './name-keys.ts';

export interface PullOptions {
  /** Namespaces to read beside the connection's default one. */
  readonly namespaces?: readonly string[] | undefined;
  /** Tables to leave out beside those of Rowhouse itself. */
  readonly exclude?: readonly string[] | undefined;
  /** The ledger's name where the project has chosen one. */
  readonly ledger?: string | undefined;
}

/** An existing database as a schema file and a first revision. */
export interface Pulled {
  readonly catalog: Catalog;
  /** The text of `schema.ts`. */
  readonly schemaSource: string;
  /** What makes this database from nothing: the first revision, to be stamped as applied. */
  readonly revisionChanges: readonly Change[];
  /** What the schema file keeps as SQL text because there is no builder for it. */
  readonly raw: readonly RawObject[];
}

/**
 * Reads a database as it is. Nothing is left out: what has no builder is kept as SQL, and `raw` lists it.
 *
 * @example
 * ```ts
 * const pulled = await database.pinned(async (session) => await pull(session));
 * await writePulled({ schemaFile: 'schema.ts', migrations: 'migrations' }, pulled, { at: new Date() });
 * ```
 */
export async function pull(session: PinnedSession, options: PullOptions = {}): Promise<Pulled> {
  const { dialect, connection } = session;
  const own = [options.ledger ?? defaultLedgerName, ...Object.values(companionTables), copyTableName];
  const inspected = await dialect.inspector.inspect(connection, {
    namespaces: options.namespaces,
    exclude: [...own, ...(options.exclude ?? [])],
  });
  const catalog = nameKeys(inspected);
  return {
    catalog,
    schemaSource: renderSchema(catalog, { engine: dialect.name }),
    revisionChanges: createCatalog(catalog),
    raw: catalog.raw,
  };
}
