import { createCatalog } from '../catalog/change/create-catalog.ts';
import { emptyCatalog } from '../catalog/model/catalog.ts';
import type { Database } from '../database/database.ts';
import { isHeld } from '../database/is-held.ts';
import type { Session } from '../database/session.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { createRepository } from '../repository/create-repository.ts';
import { catalogOf } from '../schema/schema.ts';
import { leases, leaseTableName } from './lease-table.ts';

/** What a release leaves behind: long over, and not like the end of a holder that died. */
const released = new Date(0);

/** Ownership of a name until `expiresAt`, by the database's clock. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  readonly generation: bigint;
}

/** The row of a lease as it was read, which on a cluster may be a moment old. */
export type LeaseRow = (typeof leases)['$row'];

/**
 * Takes the lease `name` for `owner` if nobody holds it; never waits. Of several who try at once one gets it: the row's
 * own key decides, or that the row still is as it was read, on a cluster by who is certified first. `isDead` may spare the
 * holder of an expired lease.
 */
export async function tryTakeLease(
  session: Session,
  name: string,
  owner: string,
  ttlMs: number,
  isDead: (held: LeaseRow) => boolean = () => true,
): Promise<Lease | undefined> {
  const now = await databaseNow(session);
  const expiresAt = new Date(now.getTime() + ttlMs);
  const rows = createRepository(leases, session);
  const held = await rows.find(name);
  if (held === undefined) return await insertLease(session, { name, owner, generation: 1n }, expiresAt);
  if (held.expiresAt > now) return undefined;
  if (held.expiresAt.getTime() !== released.getTime() && !isDead(held)) return undefined;
  const generation = held.generation + 1n;
  const asRead = { name, generation: held.generation, expiresAt: held.expiresAt };
  const taken = await rows.updateWhere(asRead, { owner, generation, expiresAt });
  return taken === 1 ? { name, owner, generation } : undefined;
}

/** Moves the end of a held lease. `LEASE_LOST` when somebody else has taken it. */
export async function renewLease(session: Session, lease: Lease, ttlMs: number): Promise<void> {
  const expiresAt = new Date((await databaseNow(session)).getTime() + ttlMs);
  const { name, generation } = lease;
  const renewed = await createRepository(leases, session).updateWhere({ name, generation }, { expiresAt });
  if (renewed !== 1) throw leaseLost(lease);
}

/** Ends a held lease now. One that was lost is left to its new holder. */
export async function releaseLease(session: Session, { name, generation }: Lease): Promise<void> {
  await createRepository(leases, session).updateWhere({ name, generation }, { expiresAt: released });
}

/** Makes the table of leases if it is not there; several may try at once. */
export async function ensureLeaseTable(database: Database): Promise<void> {
  await database.pinned(async (session) => {
    const { dialect, connection } = session;
    const probe = { question: 'exists', object: { kind: 'table', name: leaseTableName } } as const;
    if (await isHeld(dialect, connection, probe)) return;
    const [change] = createCatalog(catalogOf({ leases }));
    if (change === undefined) return;
    try {
      for (const { sql } of dialect.definition.compile(change, emptyCatalog)) await session.run({ sql }, []);
    } catch (error) {
      if (!RowhouseError.has(error, 'OBJECT_EXISTS')) throw error;
    }
  });
}

export function leaseLost({ name, generation }: Lease): RowhouseError {
  return new RowhouseError('LEASE_LOST', `the lease ${name} was taken over by another process`, {
    details: { name, generation: generation.toString() },
    hint: 'this process was away for longer than the lease lasts; run it again',
  });
}

async function insertLease(session: Session, lease: Lease, expiresAt: Date): Promise<Lease | undefined> {
  try {
    await createRepository(leases, session).insert({ ...lease, expiresAt });
    return lease;
  } catch (error) {
    if (RowhouseError.has(error, 'UNIQUE_VIOLATION')) return undefined;
    throw error;
  }
}

/** One clock for everybody: the database's. */
export async function databaseNow(session: Session): Promise<Date> {
  const type = { kind: 'timestamptz', precision: 3 } as const;
  const { rows } = await session.run({ sql: `select ${session.dialect.queries.currentMoment(type)}` }, [], {
    idempotent: true,
  });
  const value = session.dialect.types.codec(type, emptyCatalog).decode(rows[0]?.[0]);
  if (value instanceof Date) return value;
  throw new RowhouseError('INTERNAL', 'the database did not tell its time');
}
