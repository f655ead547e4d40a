import { applyChange } from '../catalog/change/apply.ts';
import { createCatalog } from '../catalog/change/create-catalog.ts';
import { inlineForeignKeys } from '../catalog/change/inline-foreign-keys.ts';
import { emptyCatalog, type Catalog } from '../catalog/model/catalog.ts';
import type { PinnedSession } from './pinned-session.ts';

/** Makes everything that a catalog describes in an empty database, without revisions and without a ledger. */
export async function makeCatalog(session: PinnedSession, wanted: Catalog): Promise<void> {
  const { definition } = session.dialect;
  const changes = createCatalog(wanted);
  let catalog = emptyCatalog;
  for (const change of definition.inlineForeignKeys === true ? inlineForeignKeys(changes) : changes) {
    for (const { sql } of definition.compile(change, catalog)) await session.script(sql);
    catalog = applyChange(change, catalog);
  }
}
