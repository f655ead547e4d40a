import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { databaseNow } from '../../lease/lease.ts';
import { createRepository } from '../../repository/create-repository.ts';
import { clients, clientTableName } from './client-table.ts';
import { hasClientTable } from './ensure-client-table.ts';

/** What a process says of itself. */
export interface ClientReport {
  /** The service that it is; left out, it counts as any service of the database. */
  readonly service?: string | undefined;
  /** The version of its code, for people: `1.4.0`. */
  readonly version: string;
  /** The newest revision that its code was written for. */
  readonly revision: string;
}

export interface ReportOptions {
  /** Told when a report did not get through; the service goes on. */
  readonly onFailure: (error: unknown) => void;
  /** Default: a third of what a client is taken to live after its last report. */
  readonly everyMs?: number | undefined;
}

/** 60 s: a process that was killed is in nobody's way after a minute; two reports may be lost before a live one is missed. */
export const clientLeaseMs = 60_000;

/**
 * Reports this process as a client of the database until it is disposed. No failure of it reaches the service. Only rows
 * are written: until a migration has made the table there is nothing to write in, which is told once.
 */
export async function reportClient(
  database: Database,
  report: ClientReport,
  { onFailure, everyMs = clientLeaseMs / 3 }: ReportOptions,
): Promise<AsyncDisposable> {
  const { service = '', version, revision } = report;
  const row = { instance: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`, service, version, revision };
  const stop = new AbortController();
  const say = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onFailure(error);
    }
  };
  const found = tableFinder(database, onFailure);
  const renew = async (): Promise<void> =>
    await say(async () => {
      if (await found()) await see(database, row);
    });
  await renew();
  const renewing = keepSeen(renew, everyMs, stop.signal);
  return {
    async [Symbol.asyncDispose]() {
      if (stop.signal.aborted) return;
      stop.abort();
      await renewing;
      await say(async () => {
        if (await found()) await createRepository(clients, database).deleteWhere({ instance: row.instance });
      });
    },
  };
}

/** Looks for the table until it is there; tells once that it is not. */
function tableFinder(database: Database, onFailure: ReportOptions['onFailure']): () => Promise<boolean> {
  let [isThere, isTold] = [false, false];
  return async () => {
    isThere ||= await database.pinned(hasClientTable);
    if (!isThere && !isTold) onFailure(noTable());
    isTold ||= !isThere;
    return isThere;
  };
}

function noTable(): RowhouseError {
  return new RowhouseError('OBJECT_MISSING', `the database shows no table ${clientTableName}`, {
    details: { table: clientTableName },
    hint: '`rowhouse up` makes it; this account needs select, insert, update and delete on it',
  });
}

/** A row that somebody cleared away comes back with the next report. */
async function see(session: Session, row: Omit<(typeof clients)['$row'], 'seenAt'>): Promise<void> {
  const seenAt = await databaseNow(session);
  const { instance, ...said } = row;
  const rows = createRepository(clients, session);
  const changed = await rows.updateWhere({ instance }, { ...said, seenAt });
  if (changed === 0) await rows.insert({ ...row, seenAt });
}

async function keepSeen(again: () => Promise<void>, everyMs: number, stop: AbortSignal): Promise<void> {
  for (;;) {
    await delay(everyMs, undefined, { signal: stop, ref: false }).catch(() => undefined);
    if (stop.aborted) return;
    await again();
  }
}
