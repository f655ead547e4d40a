import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import type { Logger } from '../../../src/database/logger.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { connectorFor, openUrl } from './open-url.ts';

const columns = {
  id: { kind: 'integer' },
  big: { kind: 'bigint' },
  ratio: { kind: 'double' },
  flag: { kind: 'boolean' },
  word: { kind: 'text' },
  raw: { kind: 'bytes' },
  moment: { kind: 'timestamptz', precision: 3 },
} as const;

/** By engine: the types of the columns above. */
const declared: Readonly<Record<string, string>> = {
  postgresql:
    'id integer, big bigint, ratio double precision, flag boolean, word text, raw bytea, moment timestamptz(3)',
  mysql: 'id integer, big bigint, ratio double, flag tinyint(1), word longtext, raw longblob, moment datetime(3)',
  mariadb: 'id integer, big bigint, ratio double, flag tinyint(1), word longtext, raw longblob, moment datetime(3)',
  sqlite: 'id integer, big bigint, ratio double, flag boolean, word text, raw blob, moment timestamptz_text(3)',
};

function collectingLogger(lines: { message: string; fields: Record<string, unknown> }[]): Logger {
  const write = (fields: object, message: string): void => void lines.push({ message, fields: { ...fields } });
  return { debug: write, info: write, warn: write, error: write };
}

describeEachServer('a session', (server) => {
  test('writes values by their JavaScript type and reads them back by their column type', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);
    await database.run({ sql: `create table thing (${declared[server.engine]})` }, []);
    const row = {
      id: 7,
      big: 2n ** 62n + 1n,
      ratio: 0.1,
      flag: true,
      word: `it's "ünïcode" \\ 🏠`,
      raw: new Uint8Array([0, 255, 39]),
      moment: new Date('2026-11-21T10:11:12.345Z'),
    };

    const changes = await database.execute(
      sql`insert into thing values (${row.id}, ${row.big}, ${row.ratio}, ${row.flag}, ${row.word}, ${row.raw}, ${row.moment})`,
    );
    await database.execute(sql`insert into thing (id, word) values (${8}, ${null})`);
    const read = await database.query(sql`select * from thing where id <= ${10} order by id limit ${2}`, {
      types: columns,
      bigintRows: true,
    });

    expect(changes).toBe(1);
    expect(read[0]).toEqual({ ...row, raw: expect.anything() });
    expect([...((read[0]?.['raw'] ?? []) as Uint8Array)]).toEqual([...row.raw]);
    expect(read[1]).toEqual({ id: 8, big: null, ratio: null, flag: null, word: null, raw: null, moment: null });
  });

  test('refuses a value that no column can hold', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);

    await expect(database.query(sql`select ${undefined}`)).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    await expect(database.query(sql`select ${new Map()}`)).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });

  test('streams in batches, alone and in a transaction, and gives the connection back when the loop is left', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);
    await database.execute(sql`create table number (n integer primary key)`);
    const rows = sql`insert into number (n) with recursive c (n) as (select 1 union all select n + 1 from c where n < 250) select n from c`;
    await database.execute(rows);
    const statement = { sql: 'select n from number order by n' };

    const sizes: number[] = [];
    for await (const batch of database.stream(statement, [], { batchRows: 100 })) sizes.push(batch.length);
    for await (const batch of database.stream(statement, [], { batchRows: 10 })) {
      expect(batch).toHaveLength(10);
      break;
    }
    const inside = await database.transaction(async (transaction) => {
      let seen = 0;
      for await (const batch of transaction.stream(statement, [], { batchRows: 100 })) {
        seen += batch.length;
        await expect(transaction.query(sql`select 1`)).rejects.toMatchObject({ code: 'CONNECTION_BUSY' });
      }
      await transaction.execute(sql`delete from number`);
      return seen;
    });

    expect(sizes).toEqual([100, 100, 50]);
    expect(inside).toBe(250);
    expect(await database.query(sql`select n from number`)).toEqual([]);
    expect(database.metrics().write.inUse).toBe(0);
  });

  test('stops a stream by its signal', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);
    const stop = new AbortController();
    const statement = { sql: 'select 1 union all select 2 union all select 3' };

    const reading = (async () => {
      for await (const _ of database.stream(statement, [], { batchRows: 1, signal: stop.signal })) stop.abort();
    })();

    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(database.metrics().write.inUse).toBe(0);
  });

  test('keeps to one connection when it is pinned', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);

    await database.pinned(async (session) => {
      await session.script('create table a (n integer); create table b (n integer);');
      await session.transaction(async (transaction) => {
        await transaction.execute(sql`insert into a values (1)`);
        await transaction.transaction(async (nested) => void (await nested.execute(sql`insert into b values (1)`)));
      });
      await Promise.all([session.query(sql`select * from a`), session.query(sql`select * from b`)]);
      await expect(session.script('nonsense')).rejects.toMatchObject({ code: 'STATEMENT_FAILED' });
    });

    expect(await database.query(sql`select * from b`)).toHaveLength(1);
    expect(database.metrics().write.inUse).toBe(0);
  });

  test('tells statements without their values to the channel and to the log', async () => {
    await using temporary = await server.database();
    const lines: { message: string; fields: Record<string, unknown> }[] = [];
    const heard: unknown[] = [];
    const listen = (message: unknown): void => void heard.push(message);
    subscribe('rowhouse:query', listen);
    try {
      await using database = await openUrl(temporary.url, {
        logger: collectingLogger(lines),
        echo: true,
        echoPool: true,
      });
      await database.query(sql`select ${'hush'} as word`);
      await database.query(sql`select * from nowhere where word = ${'hush'}`).catch(() => undefined);
    } finally {
      unsubscribe('rowhouse:query', listen);
    }

    expect(heard).toHaveLength(2);
    expect(lines.filter((line) => line.message === 'statement')).toMatchObject([
      { fields: { tookMs: expect.any(Number) } },
      { fields: { failed: 'OBJECT_MISSING' } },
    ]);
    expect(lines.map((line) => line.message)).toEqual(
      expect.arrayContaining(['pool: taken', 'pool: returned', 'pool: closed']),
    );
    expect(JSON.stringify([lines, heard])).not.toContain('hush');
  });

  test('says why it cannot connect', async () => {
    await using temporary = await server.database();
    const { target } = await connectorFor(temporary.url);
    const wrong =
      target.host === undefined
        ? { ...target, database: `${target.database}/none/x` }
        : { ...target, port: 1, password: 'hush' };

    const error = await openUrl(temporary.url, { target: wrong }).catch((failure: unknown) => failure);

    expect(error).toMatchObject({ code: target.host === undefined ? 'DATABASE_NOT_FOUND' : 'CONNECTION_FAILED' });
    expect(JSON.stringify(error)).not.toContain('hush');
  });
});
