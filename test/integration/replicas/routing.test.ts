import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import type { ReplicaState } from '../../../src/database/replica/replica.ts';
import { sql } from '../../../src/sql/sql.ts';
import { until } from '../../../src/testing/server/until.ts';
import { describeReplicated } from '../../servers/replication/describe-replicated.ts';

const states = (database: Database): readonly ReplicaState[] =>
  (database.metrics().replicas ?? []).map(({ state }) => state);

async function untilStates(database: Database, expected: readonly ReplicaState[]): Promise<void> {
  await until(() => states(database).join() === expected.join(), { withinMs: 30_000 });
  expect(states(database)).toEqual(expected);
}

const numbers = async (session: Pick<Database, 'query'>): Promise<readonly unknown[]> =>
  (await session.query<{ n: number }>(sql`select n from hit order by n`, { idempotent: true })).map(({ n }) =>
    Number(n),
  );

describeReplicated('a database with replicas', (servers) => {
  test('reads from each replica in turn and writes to the primary', async () => {
    await using database = await servers.open(await servers.database());
    await database.execute(sql`create table hit (n integer primary key)`);
    await database.execute(sql`insert into hit values (1)`);
    const after = database.read.after(await database.token(), { withinMs: 10_000 });

    for (let round = 0; round < 4; round += 1) expect(await numbers(after)).toEqual([1]);
    for (let round = 0; round < 4; round += 1) await database.read.query(sql`select n from hit`);

    const { replicas = [], readsOnPrimary } = database.metrics();
    expect(replicas.map(({ taken }) => taken >= 4)).toEqual([true, true]);
    expect(readsOnPrimary).toBe(0);
    await expect(database.read.execute(sql`insert into hit values (2)`)).rejects.toMatchObject({ code: 'READ_ONLY' });
  });

  test('sees its own write with a token while replicas show nothing new', async () => {
    await using database = await servers.open(await servers.database(), {
      replica: { checkEveryMs: 100, maxLagMs: 600_000 },
    });
    await database.execute(sql`create table hit (n integer primary key)`);
    await numbers(database.read.after(await database.token(), { withinMs: 10_000 }));
    await untilStates(database, ['used', 'used']);
    await servers.replica(0).pauseReplay();
    await servers.replica(1).pauseReplay();
    await database.execute(sql`insert into hit values (7)`);
    const token = await database.token();

    const blind = await numbers(database.read);
    const seeing = await numbers(database.read.after(token, { withinMs: 100 }));
    const before = database.metrics().readsOnPrimary ?? 0;

    expect([blind, seeing]).toEqual([[], [7]]);
    expect(before).toBeGreaterThan(0);

    await servers.replica(0).resumeReplay();
    await servers.replica(1).resumeReplay();
    expect(await numbers(database.read.after(token, { withinMs: 20_000 }))).toEqual([7]);
    expect(database.metrics().readsOnPrimary).toBe(before);
  });

  test('takes a token of another process and refuses what is none', async () => {
    const name = await servers.database();
    await using writing = await servers.open(name);
    await using reading = await servers.open(name);
    await writing.execute(sql`create table hit (n integer primary key)`);
    await writing.execute(sql`insert into hit values (3)`);

    const token = await writing.token();

    expect(token).toMatch(/^w1\.[\w-]+$/);
    expect(await numbers(reading.read.after(token))).toEqual([3]);
    for (const other of ['', 'w1.', 'w2.LQ', `${token}!`, 'w1.MC8w', 'w1.JyBvciAxPTE7IC0t']) {
      expect(() => reading.read.after(other)).toThrow(expect.objectContaining({ code: 'TOKEN_INVALID' }));
    }
  });

  test('reads from a replica in a session until it writes, and from the primary from then on', async () => {
    await using database = await servers.open(await servers.database(), {
      replica: { checkEveryMs: 100, maxLagMs: 600_000 },
    });
    await database.execute(sql`create table hit (n integer primary key)`);
    await numbers(database.read.after(await database.token(), { withinMs: 10_000 }));
    await untilStates(database, ['used', 'used']);
    await servers.replica(0).pauseReplay();
    await servers.replica(1).pauseReplay();
    const session = database.session();
    const other = database.session();

    const first = await numbers(session);
    await session.execute(sql`insert into hit values (1)`);
    const own = await numbers(session);
    const others = await numbers(other);
    const later = await numbers(database.session({ after: await session.token(), withinMs: 50 }));
    const readOnly = await other.transaction(async (transaction) => await numbers(transaction), { readOnly: true });
    const writing = await other.transaction(async (transaction) => await numbers(transaction));

    expect([first, own, others, later, readOnly, writing]).toEqual([[], [1], [], [1], [], [1]]);
    expect([session.hasWritten, other.hasWritten]).toEqual([true, true]);
    await servers.replica(0).resumeReplay();
    await servers.replica(1).resumeReplay();
  });

  test('reads inside a transaction what the transaction has written', async () => {
    await using database = await servers.open(await servers.database(), {
      ambient: true,
      replica: { checkEveryMs: 100, maxLagMs: 600_000 },
    });
    await database.execute(sql`create table hit (n integer primary key)`);
    await numbers(database.read.after(await database.token(), { withinMs: 10_000 }));

    const seen = await database.transaction(async () => {
      await database.execute(sql`insert into hit values (9)`);
      const beside = await database.outside(async () => await numbers(database.read));
      return [await numbers(database.read), await numbers(database.session()), beside];
    });

    expect(seen).toEqual([[9], [9], []]);
  });

  test('leaves a replica alone that is too far behind, until it has caught up', async () => {
    await using database = await servers.open(await servers.database(), {
      replica: { checkEveryMs: 50, maxLagMs: 300 },
    });
    await database.execute(sql`create table hit (n integer primary key)`);
    await untilStates(database, ['used', 'used']);

    await servers.replica(0).pauseReplay();
    await database.execute(sql`insert into hit values (1)`);
    await untilStates(database, ['behind', 'used']);
    const [behind] = database.metrics().replicas ?? [];
    await servers.replica(0).resumeReplay();
    await untilStates(database, ['used', 'used']);

    expect(behind?.lagMs).toBeGreaterThan(300);
    const token = await database.token();
    for (let round = 0; round < 2; round += 1) {
      expect(await numbers(database.read.after(token, { withinMs: 10_000 }))).toEqual([1]);
    }
  });
});
