import { createHash, randomBytes } from 'node:crypto';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { databaseHome } from '../databases/database-homes.ts';
import type { Leak } from '../leak/leak.ts';
import type { DatabaseServer } from '../server/private-server.ts';
import { until } from '../server/until.ts';
import type { DatabaseHome } from './database-home.ts';

/** A database that lives as long as its `await using` block. */
export interface TemporaryDatabase extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  /** Removes it, even when somebody still uses it. */
  drop(): Promise<void>;
}

/** How a temporary database is filled and checked. */
export interface TemporaryDatabaseOptions {
  /** Fills a new database: runs migrations, loads rows. */
  readonly prepare?: ((url: string) => Promise<void>) | undefined;
  /**
   * Databases of one server with the same key are copies of one that was prepared once, where the engine can copy.
   * Without a key each is prepared on its own.
   */
  readonly key?: string | undefined;
  /** On leaving the block, fail when a connection, transaction or lock was left open. Default: true. */
  readonly checkLeaks?: boolean | undefined;
}

/** 2 s: a connection that was closed is gone from the server's list a moment later, longer on a loaded machine. */
const leavePatienceMs = 2_000;

/**
 * Makes a database that nobody else has.
 *
 * @example
 * ```ts
 * await using database = await temporaryDatabase(server, { key: 'shop', prepare: async (url) => await migrate(url) });
 * ```
 */
export async function temporaryDatabase(
  server: DatabaseServer,
  options: TemporaryDatabaseOptions = {},
): Promise<TemporaryDatabase> {
  const admin = server.url();
  const home = databaseHome(admin);
  const name = `rowhouse_${randomBytes(6).toString('hex')}`;
  const url = server.url(name);
  await fill({ server, home, admin, name }, options);
  return {
    name,
    url,
    drop: async () => await home.drop(admin, name),
    async [Symbol.asyncDispose]() {
      const leaks = options.checkLeaks === false ? [] : await lastingLeaks(home, url);
      await home.drop(admin, name);
      if (leaks.length > 0) throw leakError(name, leaks);
    },
  };
}

interface Place {
  readonly server: DatabaseServer;
  readonly home: DatabaseHome;
  readonly admin: string;
  readonly name: string;
}

async function fill({ server, home, admin, name }: Place, options: TemporaryDatabaseOptions): Promise<void> {
  const { prepare, key } = options;
  if (prepare === undefined || key === undefined || home.clone === undefined) {
    await home.create(admin, name);
    await prepare?.(server.url(name));
    return;
  }
  const template = `rowhouse_template_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
  await home.clone(admin, name, { name: template, prepare: async () => await prepare(server.url(template)) });
}

async function lastingLeaks(home: DatabaseHome, url: string): Promise<readonly Leak[]> {
  let leaks: readonly Leak[] = [];
  await until(
    async () => {
      leaks = await home.findLeaks(url);
      return leaks.length === 0;
    },
    { withinMs: leavePatienceMs, everyMs: 120 },
  );
  return leaks;
}

function leakError(name: string, leaks: readonly Leak[]): RowhouseError {
  const kinds = [...new Set(leaks.map((leak) => leak.kind))].join(', ');
  return new RowhouseError('LEAK_FOUND', `left open on database ${name}: ${kinds}`, {
    details: { database: name, leaks },
    hint: 'close what the test opened: `await using`, or in afterEach',
  });
}
