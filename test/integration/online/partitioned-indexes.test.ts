import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { until } from '../../../src/testing/server/until.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { findDrift } from '../../../src/ops/compare/find-drift.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { scratchPlace } from '../compare/scratch-place.ts';
import { openConnection } from '../dialects/open-connection.ts';
import { openBench, type Bench } from '../migration/open-bench.ts';
import { journalChanges, journalHistory, journals } from './journals.ts';
import { killUpgradeAt } from './kill-upgrade.ts';
import { differences, structureOf } from './while-booking.ts';

const lockTimeoutMs = 100;

describeServers(['postgresql-15', 'postgresql-16', 'postgresql-18'], 'an index of many partitions', (server) => {
  test.each(Object.keys(journalChanges).filter((title) => !title.includes('null')))(
    '%s is made a partition at a time, while others write, and is what the server would have made',
    async (title) => {
      await using temporary = await server.database();
      await using bench = await openJournals(temporary.url, title, 28_000);
      const context = { ...bench.context, lockTimeoutMs };
      const said: string[] = [];

      const waits = await whileWriting(temporary.url, 1_000_000, async () => {
        await upgrade({ ...context, onProgress: ({ stage, says = '' }) => stage === 'says' && said.push(says) });
      });

      expect(Math.max(...waits)).toBeLessThan(lockTimeoutMs + 1_000);
      expect(said.filter((sql) => / concurrently /.test(sql))).toHaveLength(5);
      await expectWhole(server, temporary.url, title);
      expect(await driftOf(bench, server, temporary.url)).toEqual([]);
      const down = await whileWriting(temporary.url, 2_000_000, async () => void (await downgrade(context)));
      expect(Math.max(...down)).toBeLessThan(lockTimeoutMs + 1_000);
      expect(await indexes(bench)).toEqual([]);
      expect(await driftOf(bench, server, temporary.url)).toEqual([]);
    },
    60_000,
  );
});

describeServers(['postgresql-15', 'postgresql-18'], 'an index of partitions that is cut short or refused', (server) => {
  test.each(['an index', 'a unique constraint'])(
    '%s gets another definition, and is there at every moment',
    async (title) => {
      await using temporary = await server.database();
      await using bench = await openBench(temporary.url, journalHistory(title, true));
      await using open = await openConnection(temporary.url);
      await upgrade(bench.context, 'parts');
      await open.connection.script(journals(2_800));
      await upgrade(bench.context, 'r2');
      const looks: Promise<readonly unknown[]>[] = [];
      const look = async (): Promise<readonly unknown[]> =>
        (await indexes(bench)).filter(([table, , isValid]) => table === 'journal' && isValid === 'true');

      const waits = await whileWriting(temporary.url, 1_000_000, async () => {
        await upgrade({ ...bench.context, lockTimeoutMs, onProgress: () => looks.push(look()) });
      });

      expect(Math.max(...waits)).toBeLessThan(lockTimeoutMs + 1_000);
      expect(looks.length).toBeGreaterThan(20);
      for (const valid of await Promise.all(looks)) expect(valid).not.toEqual([]);
      expect(JSON.stringify(await indexes(bench))).not.toContain('__new_');
      expect(await driftOf(bench, server, temporary.url)).toEqual([]);
      await downgrade(bench.context);
      expect(await driftOf(bench, server, temporary.url)).toEqual([]);
    },
  );

  test('an index is dropped, and nobody waits for each partition in its turn', async () => {
    await using temporary = await server.database();
    await using bench = await openJournals(temporary.url, 'an index');
    await upgrade(bench.context);
    const stop = new AbortController();
    const holding = [
      holdPart(temporary.url, 'journal_1', [0, 700]),
      holdPart(temporary.url, 'journal_4', [500, 1_600]),
    ];
    const writing = write(temporary.url, 1_000_000, stop.signal);

    await downgrade(bench.context).finally(() => stop.abort());

    await Promise.all(holding);
    expect(Math.max(...(await writing))).toBeLessThan(1_000);
    expect(await indexes(bench)).toEqual([]);
  });

  test.each([
    ['a primary key of what may be null', 'says 1'],
    ['an index', 'says 9'],
    ['a unique constraint', 'says 8'],
    ['a unique constraint', 'says 18'],
  ])('%s is finished by the next run when its process was killed where it %s', async (title, place) => {
    await using temporary = await server.database();
    await using bench = await openJournals(temporary.url, title);

    const stoodAt = await killUpgradeAt(temporary.url, journalHistory(title), place);
    const { resumed } = await upgrade(bench.context);

    expect(stoodAt).toBe('says');
    expect(resumed).toBe(true);
    await expectWhole(server, temporary.url, title);
    await downgrade(bench.context);
    expect(await indexes(bench)).toEqual([]);
  });

  test.each(['says 4', 'begins 3', 'begins 5'])(
    'another definition is finished by the next run when its process was killed where it %s',
    async (place) => {
      await using temporary = await server.database();
      const history = journalHistory('an index', true);
      await using bench = await openBench(temporary.url, history);
      await using open = await openConnection(temporary.url);
      await upgrade(bench.context, 'parts');
      await open.connection.script(journals(2_800));
      await upgrade(bench.context, 'r2');

      const stoodAt = await killUpgradeAt(temporary.url, history, place);
      const { resumed } = await upgrade(bench.context);

      expect(stoodAt).toBe(place.split(' ')[0]);
      expect(resumed).toBe(true);
      expect(await driftOf(bench, server, temporary.url)).toEqual([]);
    },
  );

  test('a build that was ended halfway is begun again', async () => {
    await using temporary = await server.database();
    await using bench = await openJournals(temporary.url, 'a unique index');
    await using holder = await openConnection(temporary.url);
    await holder.connection.script('begin isolation level repeatable read; select 1 from pg_class limit 1');

    const running = upgrade(bench.context).catch((error: unknown) => error);
    const haveEnded = await until(async () => (await bench.database.run({ sql: endBuilds }, [])).rows.length > 0, {
      withinMs: 10_000,
    });
    await running;
    await holder.connection.script('commit');
    const left = (await indexes(bench)).filter(([table, , valid]) => table !== 'journal' && valid === 'false');
    const { resumed } = await upgrade(bench.context);

    expect(haveEnded).toBe(true);
    expect(left.map(([, index]) => index)).toEqual(['archive."Journal 2_id_page_idx"', 'journal_3_id_page_idx']);
    expect(resumed).toBe(true);
    await expectWhole(server, temporary.url, 'a unique index');
  });

  test.each(['a unique index', 'a unique constraint', 'a primary key'])(
    '%s is refused before anything runs where rows are in the way',
    async (title) => {
      await using temporary = await server.database();
      await using bench = await openJournals(temporary.url, title);
      await bench.database.run({ sql: `insert into journal values (17000, 0, 'twice')` }, []);

      await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'ROWS_IN_THE_WAY', details: { rows: 2 } });

      expect(await indexes(bench)).toEqual([]);
      expect((await bench.ledger()).map((entry) => entry.revision)).toEqual(['r1', 'parts']);
    },
  );

  test('what could not be built leaves nothing invalid, and what was built is used by the next try', async () => {
    await using temporary = await server.database();
    await using bench = await openJournals(temporary.url, 'a unique index of an expression');
    await bench.database.run({ sql: `insert into journal values (17000, 0, 'N17000')` }, []);

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    const left = await indexes(bench);
    await bench.database.run({ sql: `delete from journal where note = 'N17000'` }, []);
    const said: string[] = [];
    await upgrade({ ...bench.context, onProgress: ({ stage, says = '' }) => stage === 'says' && said.push(says) });

    expect(left.map(([, , valid]) => valid)).toEqual(['true', 'true', 'true']);
    expect(said.filter((sql) => / concurrently /.test(sql))).toHaveLength(2);
    await expectWhole(server, temporary.url, 'a unique index of an expression');
  });

  test('an index that a partition has already becomes a part, and no other of the same columns is touched', async () => {
    await using temporary = await server.database();
    await using bench = await openJournals(temporary.url, 'an index');
    await using open = await openConnection(temporary.url);
    await open.connection.script(
      `create index mine on journal_1 (page); create index on journal_3 (page); create index on archive."Journal 2" (page desc)`,
    );
    const said: string[] = [];

    await upgrade({ ...bench.context, onProgress: ({ stage, says = '' }) => stage === 'says' && said.push(says) });

    expect(said.filter((sql) => / concurrently /.test(sql))).toHaveLength(2);
    expect((await indexes(bench)).map(([, index]) => index)).toEqual([
      'archive."Journal 2_page_idx"',
      'archive."Journal 2_page_idx1"',
      'journal_page',
      'mine',
      'journal_3_page_idx',
      'journal_3a_page_idx',
      'journal_3b_page_idx',
      'journal_4_page_idx',
    ]);
  });

  test('a key is refused where a partition has another one', async () => {
    await using temporary = await server.database();
    await using bench = await openJournals(temporary.url, 'a primary key of what may be null');
    await bench.database.run({ sql: 'alter table journal_4 add primary key (id)' }, []);

    await expect(upgrade(bench.context)).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
      details: { noParts: 'public.journal_4 has a primary key of its own' },
    });
  });

  test('an index is refused where a partition is a foreign table, which can have none', async () => {
    await using temporary = await server.database();
    await using bench = await openJournals(temporary.url, 'an index');
    await bench.database.pinned(
      async (session) =>
        await session.script(`delete from journal where id > 24000; drop table journal_4; create extension file_fdw;
          create server away foreign data wrapper file_fdw;
          create foreign table journal_5 partition of journal for values from (24000) to (25000)
            server away options (filename '/dev/null')`),
    );

    await expect(upgrade(bench.context)).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
      details: { noParts: 'public.journal_5 is a foreign table' },
    });
  });

  test('few rows are read in one transaction', async () => {
    await using temporary = await server.database();
    await using bench = await openJournals(temporary.url, 'an index');
    await bench.database.run({ sql: 'delete from journal where id > 9000' }, []);

    await upgrade(bench.context);

    expect(JSON.parse((await bench.ledger()).at(-1)?.plan ?? '')).toEqual([
      'create index "journal_page" on "journal" ("page")',
      `comment on index "journal_page" is 'for the reader'`,
    ]);
  });
});

/** Writes until the work is done; gives how long each write took. One transaction in between holds what it wrote for a while. */
async function whileWriting(url: string, from: number, work: () => Promise<void>): Promise<readonly number[]> {
  const stop = new AbortController();
  const writing = [0, 1].map(async (place) => await write(url, from + place, stop.signal));
  const holding = hold(url, stop.signal);
  await work().finally(() => stop.abort());
  await holding;
  return (await Promise.all(writing)).flat();
}

async function write(url: string, from: number, stop: AbortSignal): Promise<readonly number[]> {
  await using writer = await openConnection(url);
  const took: number[] = [];
  for (let turn = 0; !stop.aborted || turn < 40; turn += 1) {
    const number = from + turn * 2;
    const at = performance.now();
    await writer.connection.script(
      `insert into journal values (${turn % 2 === 0 ? number : -number}, ${number}, 'late ${number}')`,
    );
    await writer.connection.script(
      `update journal set note = 'u${number} ' || page where id = ${(turn * 7_919) % 28_000}`,
    );
    took.push(performance.now() - at);
  }
  return took;
}

/** Longer than the run waits for a lock. */
async function hold(url: string, stop: AbortSignal): Promise<void> {
  await using holder = await openConnection(url);
  while (!stop.aborted) {
    await holder.connection.script(
      `begin; update journal set note = 'held ' || page where id in (4, 9000, 17000, 21000)`,
    );
    await setTimeout(lockTimeoutMs * 2);
    await holder.connection.script('commit');
    await setTimeout(lockTimeoutMs * 4);
  }
}

/** The same as where the server made all of it in one go, down to the names. */
async function expectWhole(server: TestServer, url: string, title: string): Promise<void> {
  await using other = await server.database();
  await using plain = await openJournals(other.url, title);
  await upgrade({ ...plain.context, blockedRows: 100_000 });
  await using mine = await openConnection(url);
  await using wanted = await openConnection(other.url);
  expect(await differences(mine, await structureOf(wanted))).toEqual([]);
  expect(await differences(wanted, await structureOf(mine))).toEqual([]);
}

async function driftOf({ database, context }: Bench, server: TestServer, url: string): Promise<readonly unknown[]> {
  const place = scratchPlace(server, url);
  return (await findDrift({ database, place, histories: [context] })).differences;
}

/** Ends builds that have come as far as to be in the catalog. */
const endBuilds = `select pg_terminate_backend(pid) from pg_stat_progress_create_index
  where index_relid <> 0 and datname = current_database()`;

/** Holds one partition from one moment to another. */
async function holdPart(url: string, table: string, [fromMs, toMs]: readonly [number, number]): Promise<void> {
  await using holder = await openConnection(url);
  await setTimeout(fromMs);
  await holder.connection.script(`begin; update ${table} set note = note where page = 1`);
  await setTimeout(toMs - fromMs);
  await holder.connection.script('commit');
}

async function openJournals(url: string, title: string, count = 2_800): Promise<Bench> {
  const bench = await openBench(url, journalHistory(title));
  await using open = await openConnection(url);
  await upgrade(bench.context, 'parts');
  await open.connection.script(journals(count));
  return bench;
}

async function indexes({ database }: Bench): Promise<readonly (readonly unknown[])[]> {
  const sql = `select i.indrelid::regclass::text, i.indexrelid::regclass::text, i.indisvalid::text from pg_index i
    join pg_class c on c.oid = i.indrelid where c.relname ilike 'journal%' order by 1, 2`;
  return (await database.run({ sql }, [])).rows;
}
