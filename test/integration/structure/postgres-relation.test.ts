import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair } from './postgres-pair.ts';

const columns = `
  select a.attrelid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
    a.attidentity::text, a.attgenerated::text, coalesce(a.attstattarget, -1)::text, a.attstorage::text,
    pg_get_expr(d.adbin, d.adrelid)
  from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1, 2`;
const constraints = `select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
  where connamespace = 'public'::regnamespace order by 1, 2`;
const indexes = `select pg_get_indexdef(indexrelid), indisvalid::text, indisclustered::text, indisreplident::text
  from pg_index where indrelid >= 16384 and indrelid::regclass::text !~ '^pg_toast' order by 1`;
const tables = `select oid::regclass::text, relkind::text, relpersistence::text, reloptions::text, relreplident::text,
  relrowsecurity::text, pg_get_expr(relpartbound, oid) from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S') order by 1`;
const inheritance = 'select inhrelid::regclass::text, inhparent::regclass::text from pg_inherits order by 1, 2';
const everything = [columns, constraints, indexes, tables, inheritance];

type Pair = Awaited<ReturnType<typeof postgresPair>>;

async function rowsOf({ changed }: Pair, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await changed.connection.run({ sql }, [])).rows;
}

async function expectSame(pair: Pair): Promise<void> {
  for (const question of everything) {
    const { changed, wanted } = await pair.ask(question);
    expect(changed).toEqual(wanted);
  }
  expect(await pair.plan()).toEqual([]);
}

describeServers(['postgresql'], 'a table', (server) => {
  const simple = 'create table person (id int primary key, name text)';
  const rich = `
    create table town (id bigint generated always as identity (start with 10 increment by 5), name text unique);
    create unlogged table person (
      id int not null, name varchar(40) collate "C" default 'x', town text references town (name) on delete cascade,
      age int check (age > 0), born date, twice int generated always as (age * 2) stored,
      constraint person_key unique nulls not distinct (name, born) deferrable,
      exclude using btree (born with =)
    ) with (fillfactor = 70)`;
  const details = `
    alter table person alter column name set statistics 500, alter column name set storage external;
    create unique index person_id on person (id) include (name) with (fillfactor = 60); create index on person (born) where (id > 0);
    create index on person (lower(name) desc nulls last); alter table person cluster on person_id;
    alter table person enable row level security`;

  test('gets everything a table can have, and loses it again', async () => {
    await using there = await postgresPair(server, simple, `${rich}; ${details}`);
    await using back = await postgresPair(server, `${rich}; ${details}`, simple);
    await using anew = await postgresPair(server, '', `${rich}; ${details}`);

    for (const pair of [there, back, anew]) {
      await pair.converge();
      await expectSame(pair);
    }
  });

  test('keeps its rows while it is attached, detached and given another bound', async () => {
    const whole = `
      create table log (id int not null, at date not null, primary key (id, at)) partition by range (at);
      create index log_at on log (at);`;
    const part = `create table log_2024 partition of log for values from ('2024-01-01') to ('2025-01-01');`;
    const alone =
      'create table log_2024 (id int not null, at date not null, constraint log_2024_pkey primary key (id, at));';
    const filled = `insert into log_2024 values (1, '2024-03-01')`;
    const index = 'create index log_2024_at_idx on log_2024 (at);';
    await using attached = await postgresPair(server, `${whole} ${alone} ${filled}`, `${whole} ${part}`);
    await using detached = await postgresPair(server, `${whole} ${part} ${filled}`, `${whole} ${alone} ${index}`);
    const wider = part.replace('2025', '2026');
    await using widened = await postgresPair(server, `${whole} ${part} ${filled}`, `${whole} ${wider}`);

    for (const pair of [attached, detached, widened]) {
      await pair.converge();
      await expectSame(pair);
      expect(await rowsOf(pair, 'select id, at::text from log_2024')).toEqual([['1', '2024-03-01']]);
    }
  });

  test('becomes a partition once the table above has lost the columns that it does not have', async () => {
    const before = `create table log (id int, extra int) partition by list (id);
      create table log_1 partition of log for values in (1); create table log_2 (id int)`;
    const after = `create table log (id int) partition by list (id); create table log_2 partition of log for values in (2)`;
    await using pair = await postgresPair(server, `${before}; insert into log_2 values (2)`, after);

    await pair.converge();

    await expectSame(pair);
    expect(await rowsOf(pair, 'select id from log')).toEqual([['2']]);
  });

  test('moves its rows when it becomes partitioned, and back', async () => {
    const plain = `create table log (id int generated by default as identity, kind text not null, primary key (id, kind));
      create table note (log int, kind text, foreign key (log, kind) references log);`;
    const split = `create table log (id int generated by default as identity, kind text not null, primary key (id, kind))
      partition by list (kind); create table log_a partition of log for values in ('a'); create table log_rest partition of log default;
      create table note (log int, kind text, foreign key (log, kind) references log);`;
    const filled = `insert into log (kind) values ('a'), ('b'); insert into note values (1, 'a')`;
    await using there = await postgresPair(server, `${plain} ${filled}`, split);
    await using back = await postgresPair(server, `${split} ${filled}`, plain);

    for (const pair of [there, back]) {
      await pair.converge();
      await expectSame(pair);
      expect(await rowsOf(pair, 'select id, kind from log order by 1')).toEqual([
        ['1', 'a'],
        ['2', 'b'],
      ]);
      expect(await rowsOf(pair, `insert into log (kind) values ('c') returning id`)).toEqual([['3']]);
    }
  });

  test('goes on counting when a serial column becomes an identity column, and back', async () => {
    const filled = `insert into ticket (name) values ('one'), ('two')`;
    const serial = 'create table ticket (id serial primary key, name text);';
    const identity = 'create table ticket (id int generated always as identity primary key, name text);';
    await using there = await postgresPair(server, `${serial} ${filled}`, identity);
    await using back = await postgresPair(server, `${identity} ${filled}`, serial);

    for (const pair of [there, back]) {
      await pair.converge();
      await expectSame(pair);
      expect(await rowsOf(pair, `insert into ticket (name) values ('three') returning id`)).toEqual([['3']]);
    }
  });

  test('changes the type of a column under a view, a computed column, a default and an index', async () => {
    const create = (type: string, state: string): string => `
      create type state as enum ('open', 'done');
      create table ticket (id ${type} primary key, next ${type} generated always as (id + 1) stored, state ${state} not null default 'open');
      create view open_ticket as select id, state from ticket where id > 0; create index ticket_next on ticket (next)`;
    await using pair = await postgresPair(
      server,
      `${create('int', 'text')}; insert into ticket values (7)`,
      create('bigint', 'state'),
    );

    await pair.converge();

    await expectSame(pair);
    expect(await rowsOf(pair, 'select id, next, state::text from ticket')).toEqual([['7', '8', 'open']]);
  });

  test('never stands without its key while the key changes', async () => {
    await using pair = await postgresPair(
      server,
      'create table person (a int not null, b int not null, constraint k unique (a), constraint c check (a > 0))',
      'create table person (a int not null, b int not null, constraint k unique (a, b), constraint c check (a > 1))',
    );

    const statements = await pair.plan({ safe: 'online' });
    await pair.converge({ safe: 'online' });

    await expectSame(pair);
    const drops = statements.filter(({ sql }) => / drop constraint "k"/.test(sql));
    expect(drops.map(({ sql }) => sql)).toEqual([expect.stringMatching(/add constraint "k" unique using index/)]);
    const drop = statements.findIndex(({ sql }) => / drop constraint "c"/.test(sql));
    expect(statements[drop - 1]?.sql).toMatch(/validate constraint/);
    expect(statements[drop + 1]).toMatchObject({ sql: expect.stringMatching(/rename constraint/) });
    expect(statements[drop + 1]?.segment).toBeUndefined();
  });

  test('goes and leaves the sequence that counts it', async () => {
    const sequence = 'create sequence counted as int';
    const table = `create table person (id int default nextval('counted')); alter sequence counted owned by person.id`;
    await using pair = await postgresPair(server, `${sequence}; ${table}`, sequence);

    await pair.converge();

    await expectSame(pair);
  });
});
