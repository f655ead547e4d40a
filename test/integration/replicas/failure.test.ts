import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import type { Logger } from '../../../src/database/logger.ts';
import { sql } from '../../../src/sql/sql.ts';
import { until } from '../../../src/testing/server/until.ts';
import { describeReplicated } from '../../servers/replication/describe-replicated.ts';
import { connectorFor, openUrl } from '../database/open-url.ts';

const statesOf = (database: Database): string => (database.metrics().replicas ?? []).map(({ state }) => state).join();

async function untilStates(database: Database, expected: string): Promise<void> {
  await until(() => statesOf(database) === expected, { withinMs: 60_000 });
  expect(statesOf(database)).toBe(expected);
}

interface Load {
  readonly rounds: number;
  /** Ends it. Each answer and each error that a reader got. */
  stop(): Promise<{ readonly answers: ReadonlySet<string>; readonly errors: readonly unknown[] }>;
}

/** Eight readers that read without pause, alone and in transactions. */
function readWithoutPause(database: Database): Load {
  const answers = new Set<string>();
  const errors: unknown[] = [];
  let isOver = false;
  let rounds = 0;
  const question = sql`select count(*) as n from hit`;
  const readers = Array.from({ length: 8 }, async (_, index) => {
    while (!isOver) {
      try {
        const rows =
          index % 4 === 0
            ? await database.read.transaction(async (transaction) => await transaction.query(question))
            : await database.read.query(question);
        answers.add(String(rows[0]?.['n']));
      } catch (error) {
        errors.push(error);
      }
      rounds += 1;
    }
  });
  return {
    get rounds() {
      return rounds;
    },
    async stop() {
      isOver = true;
      await Promise.all(readers);
      return { answers, errors };
    },
  };
}

describeReplicated('a replica that fails', (servers) => {
  test('is killed under load and comes back, and no reader notices', async () => {
    const logged: string[] = [];
    const write = (fields: object, message: string): void => void logged.push(`${JSON.stringify(fields)} ${message}`);
    const logger: Logger = { debug: write, info: write, warn: write, error: write };
    await using database = await servers.open(await servers.database(), { logger });
    await database.execute(sql`create table hit (n integer primary key)`);
    await database.execute(sql`insert into hit values (1), (2), (3)`);
    await database.read.after(await database.token(), { withinMs: 10_000 }).query(sql`select n from hit`);
    await untilStates(database, 'used,used');
    const load = readWithoutPause(database);
    await until(() => load.rounds > 50, { withinMs: 30_000 });

    await servers.replica(0).kill();
    await untilStates(database, 'down,used');
    await servers.replica(1).kill();
    await untilStates(database, 'down,down');
    const { rounds } = load;
    await until(() => load.rounds > rounds + 50, { withinMs: 30_000 });
    await Promise.all([servers.replica(0).start(), servers.replica(1).start()]);
    await untilStates(database, 'used,used');
    const takenBefore = database.metrics().replicas?.[0]?.taken ?? 0;
    await until(() => (database.metrics().replicas?.[0]?.taken ?? 0) > takenBefore, { withinMs: 30_000 });
    const { answers, errors } = await load.stop();

    expect(errors).toEqual([]);
    expect([...answers]).toEqual(['3']);
    expect(database.metrics().readsOnPrimary).toBeGreaterThan(0);
    expect(database.metrics().replicas?.[0]?.taken).toBeGreaterThan(takenBefore);
    const told = logged.filter((line) => line.includes('"state":"down"'));
    expect(told.length).toBeGreaterThanOrEqual(2);
  });

  test('is killed between two looks, and the reader who finds out is answered by another', async () => {
    await using database = await servers.open(await servers.database(), {
      replica: { checkEveryMs: 3_600_000 },
      retries: { connectMs: 2000 },
    });
    const before = statesOf(database);

    await servers.replica(0).kill();
    await servers.replica(1).kill();
    const [row] = await database.read.query(sql`select 1 as n`);
    const after = statesOf(database);
    await Promise.all([servers.replica(0).start(), servers.replica(1).start()]);

    expect([before, Number(row?.['n']), after]).toEqual(['used,used', 1, 'down,down']);
  });

  test('hangs, and its readers are answered by others', async () => {
    await using database = await servers.open(await servers.database());
    await database.execute(sql`create table hit (n integer primary key)`);
    await database.read.after(await database.token(), { withinMs: 10_000 }).query(sql`select n from hit`);
    await untilStates(database, 'used,used');
    const load = readWithoutPause(database);
    await until(() => load.rounds > 50, { withinMs: 30_000 });

    servers.replica(0).freeze();
    await untilStates(database, 'down,used');
    servers.replica(0).thaw();
    await untilStates(database, 'used,used');
    const { answers, errors } = await load.stop();

    expect(errors).toEqual([]);
    expect([...answers]).toEqual(['0']);
  });

  test('is not there when a database is opened, and is read from once it is', async () => {
    const name = await servers.database();
    await servers.replica(1).kill();

    await using database = await servers.open(name);
    const first = statesOf(database);
    const [{ n }] = (await database.read.query<{ n: number }>(sql`select 1 as n`)) as [{ n: number }];
    await servers.replica(1).start();
    await untilStates(database, 'used,used');

    expect([first, Number(n)]).toEqual(['used,down', 1]);
  });

  test('refuses a wrong password at once', async () => {
    const name = await servers.database();
    const url = new URL(servers.replica(0).url(name));
    url.password = 'wrong';
    const { target } = await connectorFor(url.href);

    await expect(servers.open(name, { replicas: [target] })).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' });
  });

  test('answers while the primary is down', async () => {
    const name = await servers.database();
    await using database = await servers.open(name);
    await database.execute(sql`create table hit (n integer primary key)`);
    const reading = database.read.after(await database.token(), { withinMs: 10_000 });
    await reading.query(sql`select n from hit`);
    await untilStates(database, 'used,used');

    await servers.primary.kill();
    const rows = await database.read.query(sql`select n from hit`);
    await servers.primary.start();
    await database.execute(sql`insert into hit values (1)`, { idempotent: false });

    expect(rows).toEqual([]);
    const after = database.read.after(await database.token(), { withinMs: 10_000 });
    expect(await after.query(sql`select n from hit`)).toHaveLength(1);
  });

  if (servers.engine !== 'postgresql') return;

  test('breaks a read off for its replay, and the primary answers', async () => {
    await using database = await servers.open(await servers.database());
    await database.execute(sql`create table hit (n integer primary key)`);
    await database.execute(sql`insert into hit values (1)`);
    await database.read.after(await database.token(), { withinMs: 10_000 }).query(sql`select n from hit`);
    await untilStates(database, 'used,used');
    const slow = sql`select n, pg_sleep(1.5)::text from hit`;

    const alone = database.read.query<{ n: number }>(slow);
    const together = database.read.transaction(async (transaction) => await transaction.query<{ n: number }>(slow));
    await until(() => (database.metrics().replicas ?? []).every(({ pool }) => pool.inUse > 0), { withinMs: 10_000 });
    await database.execute(sql`vacuum full hit`);
    const rows = [...(await alone), ...(await together)];

    expect(rows.map(({ n }) => Number(n))).toEqual([1, 1]);
    expect(database.metrics().readsOnPrimary).toBe(2);
  });

  test.runIf(servers.engine === 'postgresql')(
    'is promoted by mistake, and what it writes is read by nobody',
    async () => {
      const name = await servers.database();
      await using database = await servers.open(name);
      await database.execute(sql`create table hit (n integer primary key)`);
      await database.read.after(await database.token(), { withinMs: 10_000 }).query(sql`select n from hit`);
      await untilStates(database, 'used,used');

      await using promoted = await openUrl(servers.replica(0).url(name));
      await promoted.query(sql`select pg_promote()`);
      await untilStates(database, 'behind,used');
      await promoted.execute(sql`insert into hit values (13)`);
      const seen = await Promise.all(
        Array.from({ length: 6 }, async () => await database.read.query(sql`select n from hit`)),
      );

      expect(seen).toEqual([[], [], [], [], [], []]);
      expect(statesOf(database)).toBe('behind,used');
    },
  );
});
