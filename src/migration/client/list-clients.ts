import type { PinnedSession } from '../../database/pinned-session.ts';
import { databaseNow } from '../../lease/lease.ts';
import { createRepository } from '../../repository/create-repository.ts';
import { clients } from './client-table.ts';
import { hasClientTable } from './ensure-client-table.ts';
import { clientLeaseMs } from './report-client.ts';

/** A process that has reported itself. */
export interface Client {
  readonly instance: string;
  /** Empty: it did not say. */
  readonly service: string;
  readonly version: string;
  readonly revision: string;
  readonly seenAt: Date;
  /** How long ago that was, by the database's clock. */
  readonly silentMs: number;
  /** It has reported itself within the last minute. */
  readonly isLive: boolean;
}

/** The processes of a service that have reported themselves, the one seen last first. Only reads. */
export async function listClients(session: PinnedSession, service: string): Promise<readonly Client[]> {
  if (!(await hasClientTable(session))) return [];
  const nowMs = (await databaseNow(session)).getTime();
  const rows = await createRepository(clients, session).list({
    where: { service: { in: [service, ''] } },
    order: ['-seenAt', 'instance'],
  });
  return rows.map((row) => {
    const silentMs = Math.max(0, nowMs - row.seenAt.getTime());
    return { ...row, silentMs, isLive: silentMs < clientLeaseMs };
  });
}
