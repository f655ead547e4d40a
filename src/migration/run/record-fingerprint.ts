import type { PinnedSession } from '../../database/pinned-session.ts';
import { fingerprint } from './fingerprint.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';

/** Writes beside the newest entry what the engine reports now. */
export async function recordFingerprint(context: MigrationContext, session: PinnedSession): Promise<void> {
  const entry = (await context.ledger.read(lineOf(session))).at(-1);
  if (entry !== undefined) await context.ledger.setFingerprint(session, entry, await fingerprint(context, session));
}
