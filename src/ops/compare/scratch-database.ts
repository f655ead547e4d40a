import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../database/database.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Databases } from '../../dialect/databases.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** Where scratch databases can be made. */
export interface ScratchPlace {
  /** A database here is a file of its own. */
  readonly inFile: boolean;
  /** Opens a database by its name or path; without one, the database that the place was given by. */
  open(database?: string): Promise<Database>;
}

/** A database that lives as long as its `await using` block, and that nobody else has. */
export interface ScratchDatabase extends AsyncDisposable {
  readonly database: Database;
}

/**
 * Makes a database on the server of `place`, for work that nobody keeps. It goes away with the `await using` block,
 * whatever happens in it; the database that the place was given by is not touched.
 *
 * @example
 * ```ts
 * await using scratch = await makeScratch(place);
 * await scratch.database.pinned(async (session) => await makeCatalog(session, catalog));
 * ```
 */
export async function makeScratch(place: ScratchPlace): Promise<ScratchDatabase> {
  return place.inFile ? await scratchFile(place) : await scratchOnServer(place);
}

async function scratchFile(place: ScratchPlace): Promise<ScratchDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'rowhouse-scratch-'));
  const remove = async (): Promise<void> => await rm(directory, { recursive: true, force: true });
  return await opened(place, join(directory, 'scratch.db'), remove);
}

async function scratchOnServer(place: ScratchPlace): Promise<ScratchDatabase> {
  const name = `rowhouse_scratch_${randomBytes(6).toString('hex')}`;
  const admin = await place.open();
  const remove = async (): Promise<void> => {
    await using _closed = admin;
    await onServer(admin, 'removed', async (databases, { connection }) => await databases.drop(connection, name));
  };
  try {
    await onServer(admin, 'made', async (databases, { connection }) => await databases.create(connection, name));
  } catch (error) {
    await admin.close();
    throw error;
  }
  return await opened(place, name, remove);
}

async function opened(place: ScratchPlace, name: string, remove: () => Promise<void>): Promise<ScratchDatabase> {
  try {
    const database = await place.open(name);
    return {
      database,
      async [Symbol.asyncDispose]() {
        await database.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function onServer(
  admin: Database,
  done: 'made' | 'removed',
  work: (databases: Databases, session: PinnedSession) => Promise<void>,
): Promise<void> {
  const { name, databases, errors } = admin.dialect;
  if (databases === undefined) {
    throw new RowhouseError('CAPABILITY_MISSING', `databases cannot be made on a server of ${name}`, {
      details: { capability: 'databases', engine: name },
    });
  }
  try {
    await admin.pinned(async (session) => await work(databases, session));
  } catch (error) {
    const cause = error instanceof RowhouseError ? error : errors.translate(error, { during: 'statement' });
    throw new RowhouseError('SCRATCH_FAILED', `a scratch database cannot be ${done}: ${cause.message}`, {
      details: { where: admin.where },
      hint: 'let the account make databases there, or name a server of the same version with --scratch',
      cause,
    });
  }
}
