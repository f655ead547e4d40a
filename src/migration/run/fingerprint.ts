import { companionTables } from '../../catalog/model/companion-tables.ts';
import { contentHash } from '../../catalog/snapshot/content-hash.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { MigrationContext } from './migration-context.ts';

/** The hash of what the engine reports now, the ledger and its companions aside. */
export async function fingerprint({ ledger, graph }: MigrationContext, session: PinnedSession): Promise<string> {
  const namespaces = graph.ordered.flatMap(({ up }) =>
    up.flatMap((change) => (change.kind === 'create-namespace' ? [change.name] : [])),
  );
  const options = { exclude: [ledger.name, ...Object.values(companionTables)], namespaces: [...new Set(namespaces)] };
  return contentHash(await session.dialect.inspector.inspect(session.connection, options));
}
