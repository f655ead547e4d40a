import type { Database } from '../../../src/database/database.ts';
import { openDatabase } from '../../../src/database/open-database.ts';
import type { PinnedSession } from '../../../src/database/pinned-session.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { connectorFor, openUrl } from '../../integration/database/open-url.ts';

/** Two empty databases of one server: one that is changed step by step, one that is made at once. */
export interface Pair {
  readonly walked: PinnedSession;
  readonly direct: PinnedSession;
}

type Work = (pair: Pair, at: number) => Promise<void>;

/** Runs `work` so many times, each time with empty databases: to empty one is much faster than to make one. */
export async function withPairs(server: TestServer, count: number, work: Work): Promise<void> {
  await using temporary = await server.database();
  if (server.engine === 'sqlite') {
    for (let at = 0; at < count; at += 1) {
      await using one = await inMemory(temporary.url);
      await using other = await inMemory(temporary.url);
      await both(one, other, async (pair) => await work(pair, at));
    }
    return;
  }
  await using second = await server.database();
  await using one = await openUrl(temporary.url);
  await using other = await openUrl(second.url);
  await both(one, other, async (pair) => {
    for (let at = 0; at < count; at += 1) {
      for (const session of [pair.walked, pair.direct]) await empty(session);
      await work(pair, at);
    }
  });
}

async function both(one: Database, other: Database, work: (pair: Pair) => Promise<void>): Promise<void> {
  await one.pinned(async (walked) => await other.pinned(async (direct) => await work({ walked, direct })));
}

async function inMemory(url: string): Promise<Database> {
  const connector = await connectorFor(url);
  return await openDatabase({ ...connector, target: { ...connector.target, database: ':memory:' } });
}

async function empty(session: PinnedSession): Promise<void> {
  if (session.dialect.traits.namespaces) return await session.script(dropNamespaces);
  const { rows } = await session.run({ sql: 'select database()' }, []);
  const name = session.dialect.text.name(String(rows[0]?.[0]));
  await session.script(`drop database ${name}; create database ${name}; use ${name}`);
}

const dropNamespaces = `do $$ declare one text; begin
  for one in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
    execute format('drop schema %I cascade', one);
  end loop;
  create schema public;
end $$`;
