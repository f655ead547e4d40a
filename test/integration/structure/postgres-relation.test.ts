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

  test('lists texts of some length where one is wanted, as the server spells that', async () => {
    const state = `state varchar(9) check (state in ('new', 'it''s'))`;
    await using pair = await postgresPair(
      server,
      'create table ticket (id int, state varchar(9)); create domain word as varchar(9)',
      `create table ticket (id int, ${state}); create domain word as varchar(9) check (value not in ('(ARRAY[', ''));
       create index on ticket (id) where state in ('new', 'old'); create view opened as select id from ticket where state in ('new', 'old');
       create policy seen on ticket using (state = any (array['a'::varchar, 'b']) and id = any ('{1,2}'))`,
    );

    await pair.converge();

    await expectSame(pair);
  });

  test('has a sequence that is logged where it is not, and the other way round', async () => {
    const create = (logged: string, unlogged: string): string => `
      create unlogged table fast (id int generated always as identity); create table slow (id int generated always as identity);
      ${logged}; ${unlogged}`;
    const odd = create('alter sequence fast_id_seq set logged', 'alter sequence slow_id_seq set unlogged');
    await using made = await postgresPair(server, '', odd);
    await using there = await postgresPair(server, create('', ''), odd);
    await using back = await postgresPair(server, odd, create('', ''));

    for (const pair of [made, there, back]) {
      await pair.converge();
      await expectSame(pair);
    }
  });

  test('has its storage parameters in the order in which they were given', async () => {
    const given = `create table book (id int, title text) with (parallel_workers = 2, fillfactor = 70);
      create index book_title on book (title) with (fillfactor = 80, deduplicate_items = off);
      alter table book alter title set (n_distinct_inherited = 3, n_distinct = 2)`;
    await using made = await postgresPair(server, '', given);
    await using changed = await postgresPair(
      server,
      `create table book (id int, title text) with (fillfactor = 70); create index book_title on book (title) with (deduplicate_items = off);
       alter table book alter title set (n_distinct = 2, n_distinct_inherited = 1)`,
      given,
    );

    for (const pair of [made, changed]) {
      await pair.converge();
      await expectSame(pair);
      const { changed: reached, wanted } = await pair.ask(
        `select attname, regexp_replace(attoptions::text, 'pg_attver=[0-9]+,?', '') from pg_attribute where attrelid = 'book'::regclass and attnum > 0
          union select relname, reloptions::text from pg_class where relname ~ '^book' order by 1`,
      );
      expect(reached).toEqual(wanted);
    }
  });

  test('is of a type that changes, and changes with it', async () => {
    const create = (parts: string, details: string): string => `
      create type person as (id int, ${parts}); create table people of person (id with options not null, ${details})`;
    await using pair = await postgresPair(
      server,
      `${create('gone text, age int', 'age default 1')}; create index on people (gone);
       create view gone_people as select gone, age from people; insert into people values (1, 'x', 7)`,
      `${create('age bigint, added numeric', 'age default 2, added with options default 3 check (added > 0)')}`,
    );

    await pair.converge();

    await expectSame(pair);
    expect(await rowsOf(pair, 'select id, age from people')).toEqual([['1', '7']]);
  });

  test('is partitioned no more, and neither are its indexes, while its partitions stay', async () => {
    const columns = '(id int not null, state text, unique (id, state))';
    const alone = `create table log ${columns}; create index log_state on log (state)`;
    await using pair = await postgresPair(
      server,
      `create table log ${columns} partition by list (state); create index log_state on log (state);
       create table log_a partition of log for values in ('a'); insert into log values (1, 'a')`,
      `${alone}; create table log_a ${columns}`,
    );

    await pair.converge();

    await expectSame(pair);
    expect(await rowsOf(pair, 'select id, state from log')).toEqual([['1', 'a']]);
    expect(await rowsOf(pair, 'select id, state from log_a')).toEqual([['1', 'a']]);
  });

  test('that foreign keys lead to gets a key in the place of an index over the same columns', async () => {
    const create = (key: string, index: string): string => `
      create table town (id int, country text not null, name text not null${key}); ${index};
      create table street (country text, town text, constraint street_town foreign key (country, town) references town (country, name));
      insert into town values (1, 'it', 'rome'); insert into street values ('it', 'rome')`;
    const byIndex = create(', primary key (id)', 'create unique index town_name on town (country, name)');
    const byKey = create(', primary key (country, name)', '');
    await using there = await postgresPair(server, byIndex, byKey);
    await using back = await postgresPair(server, byKey, byIndex);

    for (const pair of [there, back]) {
      await pair.converge();
      await expectSame(pair);
      expect(await rowsOf(pair, 'select town from street')).toEqual([['rome']]);
    }
  });

  test('gets a column under whose old name another forbids nulls, or did until it went', async () => {
    const create = 'create table person (id int, called text not null, born date not null);';
    const renamed = `${create} alter table person rename called to name; alter table person rename born to day;`;
    const both = `${renamed} alter table person add called text not null default 'x';`;
    const clean =
      'create table person (id int, name text not null, day date not null, called text not null default $$x$$)';
    await using gone = await postgresPair(server, create, renamed);
    await using kept = await postgresPair(server, renamed, clean);
    await using back = await postgresPair(server, both, renamed);

    for (const pair of [gone, kept, back]) {
      await pair.converge();
      expect(await pair.plan()).toEqual([]);
      const { changed, wanted } = await pair.ask(columns);
      expect(changed).toEqual(wanted);
    }
  });

  test.runIf(Number.parseInt(server.version, 10) >= 18)(
    'has constraints that nothing enforces or proves, and columns that are computed when they are read',
    async () => {
      const enforced = `create table town (id int primary key, note text not null);
        create table person (id int, town int references town, born int, next int generated always as (born + 1) virtual,
          constraint is_born check (born > 0), constraint is_old check (id > 0) not enforced);
        insert into person (id, born) values (1, 1960)`;
      const loose = `create table town (id int primary key, note text);
        alter table town add constraint town_note_not_null not null note not valid;
        create table person (id int, town int references town not enforced, born int, next int default 3 not null,
          constraint is_born check (born > 0) not enforced, constraint is_old check (id > 0));
        insert into person (id, born, next) values (1, 1960, 1961)`;
      await using there = await postgresPair(server, enforced, loose);
      await using back = await postgresPair(server, loose, enforced);

      for (const pair of [there, back]) {
        await pair.converge();
        await expectSame(pair);
        expect(await rowsOf(pair, 'select id, born, next from person')).toEqual([['1', '1960', '1961']]);
      }
    },
  );

  test.runIf(Number.parseInt(server.version, 10) >= 17)(
    'says how its partitions are stored, or leaves it to them',
    async () => {
      const create = (using: string): string => `create table log (id int) partition by list (id)${using};
      create table log_1 partition of log for values in (1)`;
      const question = `select relname, (select amname from pg_am where oid = relam) from pg_class
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`;
      await using there = await postgresPair(server, create(''), create(' using heap'));
      await using back = await postgresPair(server, create(' using heap'), create(''));

      for (const pair of [there, back]) {
        await pair.converge();
        const { changed, wanted } = await pair.ask(question);
        expect(changed).toEqual(wanted);
        expect(await pair.plan()).toEqual([]);
      }
    },
  );

  test('that becomes a partition gives the index that is wanted, and keeps another like it', async () => {
    const create = (attach: string): string => `
      create table log (id int, note text) partition by list (id); create table log_1 (id int, note text);
      ${attach}; create index log_by_note on log (note); create index own on log_1 (note); insert into log_1 values (1, 'x')`;
    await using there = await postgresPair(
      server,
      create(''),
      create('alter table log attach partition log_1 for values in (1)'),
    );

    await there.converge();

    await expectSame(there);
    const { changed, wanted } = await there.ask('select inhrelid::regclass::text from pg_inherits order by 1');
    expect(changed).toEqual([['log_1'], ['log_1_note_idx']]);
    expect(changed).toEqual(wanted);
    expect(await rowsOf(there, 'select note from log')).toEqual([['x']]);
  });

  test.runIf(Number.parseInt(server.version, 10) >= 17)(
    'of partitions gets an exclusion constraint, and loses it again',
    async () => {
      const create = (constraint: string, more: string): string => `
      create table stay (room int, day int${constraint}) partition by list (room);
      create table stay_1 partition of stay for values in (1); ${more} insert into stay values (1, 7)`;
      const exclude = ', exclude using btree (room with =, day with =)';
      const grown = create(exclude, 'create table stay_2 partition of stay for values in (2);');
      await using there = await postgresPair(server, create('', ''), grown);
      await using back = await postgresPair(server, create(exclude, ''), create('', ''));
      await using anew = await postgresPair(server, '', grown);

      for (const pair of [there, back, anew]) {
        await pair.converge();
        await expectSame(pair);
      }
    },
  );
});
