import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { listClients, type Client } from '../client/list-clients.ts';
import { clientLeaseMs } from '../client/report-client.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import type { RevisionGraph } from '../revision/revision-graph.ts';
import type { MigrationContext } from '../run/migration-context.ts';
import { completes } from './completes.ts';

/**
 * Refuses a revision of phase `contract` while code runs that was written before the revision which it completes.
 * `PHASE_REFUSED` names the processes and says how long to wait.
 */
export async function refuseOldClients(
  { graph, ledger }: MigrationContext,
  session: PinnedSession,
  { revision, direction }: RevisionPlan,
): Promise<void> {
  if (revision.phase !== 'contract' || direction === 'down') return;
  const live = (await listClients(session, ledger.service)).filter(({ isLive }) => isLive);
  const needed = completes(revision, graph).map(({ id }) => id);
  const old = live.filter((client) => !needed.every((id) => knows(client, id, graph)));
  if (old.length === 0) return;
  throw new RowhouseError('PHASE_REFUSED', `revision ${revision.id} waits for ${old.map(nameOf).join(', ')}`, {
    details: {
      revision: revision.id,
      completes: needed,
      clients: old.map(({ instance, version, revision: at, seenAt }) => ({ instance, version, revision: at, seenAt })),
    },
    hint: `their code was written before ${needed.join(' and ')}; replace it and run this again: a process that is gone counts for ${secondsLeft(old)} s more at most`,
  });
}

/** Code of a revision that is not known here may be older or newer: nobody can tell. */
function knows({ revision }: Client, needed: string, graph: RevisionGraph): boolean {
  return revision === needed || (graph.has(revision) && graph.after(needed).some(({ id }) => id === revision));
}

function nameOf({ instance, version, silentMs }: Client): string {
  return `version ${version} (${instance}, seen ${Math.round(silentMs / 1000)} s ago)`;
}

function secondsLeft(clients: readonly Client[]): number {
  return Math.max(...clients.map(({ silentMs }) => Math.ceil((clientLeaseMs - silentMs) / 1000)));
}
