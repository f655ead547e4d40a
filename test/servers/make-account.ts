import { randomBytes } from 'node:crypto';
import type { TestServer } from '../../src/testing/describe-each-server.ts';
import { openUrl } from '../integration/database/open-url.ts';

/** A login that has no right but to connect; gone with its `await using` block. */
export interface TestAccount extends AsyncDisposable {
  readonly user: string;
  readonly password: string;
  /** The database through this account. */
  readonly url: string;
  /** Lets it read and write rows of these tables, and change no definition. */
  letWrite(...tables: readonly string[]): Promise<void>;
}

/** Makes an account on a server that has accounts, for the database at the URL. */
export async function makeAccount(server: TestServer, url: string): Promise<TestAccount> {
  const user = `worker_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(8).toString('hex');
  const database = new URL(url).pathname.slice(1);
  const sql = server.engine === 'postgresql' ? postgres(user, password) : mysql(user, password, database);
  await runAll(url, sql.create);
  const own = new URL(url);
  own.username = user;
  own.password = password;
  return {
    user,
    password,
    url: own.href,
    letWrite: async (...tables) =>
      await runAll(
        url,
        tables.map((table) => sql.letWrite(table)),
      ),
    [Symbol.asyncDispose]: async () => await runAll(url, sql.drop),
  };
}

interface AccountSql {
  readonly create: readonly string[];
  readonly drop: readonly string[];
  letWrite(table: string): string;
}

function postgres(user: string, password: string): AccountSql {
  return {
    create: [`create role ${user} login password '${password}'`],
    drop: [`drop owned by ${user}`, `drop role ${user}`],
    letWrite: (table) => `grant select, insert, update, delete on ${table} to ${user}`,
  };
}

function mysql(user: string, password: string, database: string): AccountSql {
  return {
    create: [
      `create user ${user}@'%' identified by '${password}'`,
      // A right that shows the database and nothing in it.
      `grant references on ${database}.* to ${user}@'%'`,
    ],
    drop: [`drop user ${user}@'%'`],
    letWrite: (table) => `grant select, insert, update, delete on ${database}.${table} to ${user}@'%'`,
  };
}

async function runAll(url: string, statements: readonly string[]): Promise<void> {
  await using database = await openUrl(url);
  for (const statement of statements) await database.run({ sql: statement }, []);
}
