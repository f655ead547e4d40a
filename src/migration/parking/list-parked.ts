import { isHeld } from '../../database/is-held.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { ParkedSize, Parking } from '../../dialect/parking.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { lineOf, type MigrationContext } from '../run/migration-context.ts';
import { parkedObjects, type ParkedObject } from './parked-objects.ts';

/** A parked object that is still there, with what it takes. */
export interface ParkedListing extends ParkedObject, ParkedSize {}

/** What revisions of this service have parked and is still there, oldest first. Only reads. */
export async function listParked(
  { graph, ledger }: Pick<MigrationContext, 'graph' | 'ledger'>,
  session: PinnedSession,
): Promise<readonly ParkedListing[]> {
  const { dialect, connection } = session;
  const parking = parkingOf(session);
  const found: ParkedListing[] = [];
  for (const parked of parkedObjects(await ledger.read(lineOf(session)), graph)) {
    const isThere = { question: 'exists', object: parking.placeOf(parked) } as const;
    if (!(await isHeld(dialect, connection, isThere))) continue;
    found.push({ ...parked, ...(await measure(session, parking, parked)) });
  }
  return found;
}

export function parkingOf({ dialect }: Pick<PinnedSession, 'dialect'>): Parking {
  if (dialect.parking !== undefined) return dialect.parking;
  throw new RowhouseError('CAPABILITY_MISSING', `nothing can be parked in ${dialect.name}`, {
    details: { capability: 'parking' },
  });
}

async function measure(
  { dialect, connection }: PinnedSession,
  parking: Parking,
  parked: ParkedObject,
): Promise<ParkedSize> {
  try {
    return await parking.measure(connection, parked);
  } catch (error) {
    throw dialect.errors.translate(error, { during: 'statement' });
  }
}
