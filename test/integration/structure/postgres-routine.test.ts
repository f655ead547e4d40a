import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair } from './postgres-pair.ts';

const routines = `select oid::regprocedure::text, case when prokind = 'a' then 'aggregate' else pg_get_functiondef(oid) end,
    has_function_privilege('pg_monitor', oid, 'execute'), obj_description(oid)
  from pg_proc where pronamespace = 'public'::regnamespace order by 1`;

describeServers(['postgresql'], 'a function', (server) => {
  test('may name in its text what is made only later', async () => {
    await using pair = await postgresPair(
      server,
      '',
      `create table zebra (id int);
       create function count_zebras() returns bigint language sql as 'select count(*) from zebra';
       create function ask() returns int language plpgsql as 'declare z zebra%rowtype; begin return z.id; end';
       create function agree(int, int) returns int language sql immutable as 'select $1';
       create aggregate agreed(int) (sfunc = agree, stype = int)`,
    );

    await pair.converge();

    const found = await pair.ask(routines);
    expect(found.changed).toEqual(found.wanted);
    expect(await pair.ask('show check_function_bodies')).toMatchObject({ changed: [['on']] });
    expect(await pair.plan()).toEqual([]);
  });

  test('is replaced in place with a new body, and made anew with its readers for a new result', async () => {
    const rest = `
      create view reader as select total() as total; grant select on reader to pg_monitor;
      comment on function total() is 'all of it'; revoke execute on function total() from public`;
    const column = 'create table kept (id int default size());';
    await using pair = await postgresPair(
      server,
      `create function total() returns int language sql as 'select 1';
       create function size() returns int language sql as 'select 1'; ${column} ${rest}`,
      `create function total() returns text language sql as 'select ''1''::text';
       create function size() returns int language sql immutable as 'select 2'; ${column} ${rest}`,
    );

    const statements = await pair.converge();

    expect(statements.filter((sql) => sql.startsWith('drop'))).toEqual([
      'drop view "public"."reader"',
      'drop function "public"."total"()',
    ]);
    const found = await pair.ask(routines);
    expect(found.changed).toEqual(found.wanted);
    expect(await pair.ask(`select has_table_privilege('pg_monitor', 'reader', 'select')`)).toMatchObject({
      changed: [['t']],
    });
    expect(await pair.plan()).toEqual([]);
  });

  test('is made after what its text calls, where a column runs it at once', async () => {
    await using pair = await postgresPair(
      server,
      'create table call (id int); insert into call values (1)',
      `create function last_part() returns text language sql immutable as $$ select 'x' $$;
       create function middle_part() returns text language sql immutable as $$ select public.last_part() $$;
       create function first_part() returns text language sql immutable as $$ select public.middle_part() $$;
       create table call (id int, part text generated always as (first_part()) stored)`,
    );

    await pair.converge();

    expect((await pair.changed.connection.run({ sql: 'select part from call' }, [])).rows).toEqual([['x']]);
    expect(await pair.plan()).toEqual([]);
  });

  test('gives way to another of its name before what calls it is made anew', async () => {
    const create = (more: string): string => `
      create function fit(a int${more}) returns boolean language sql immutable as 'select true';
      create table book (id int, fits boolean default fit(1), check (fit(id))); create index on book (fit(id));
      create view fitting as select id from book where fit(id); create policy seen on book using (fit(id))`;
    const [one, two] = [create(''), create(`, b text default 'x'`)];
    await using there = await postgresPair(server, one, two);
    await using back = await postgresPair(server, two, one);

    for (const pair of [there, back]) {
      await pair.converge();

      const found = await pair.ask(routines);
      expect(found.changed).toEqual(found.wanted);
      expect(await pair.plan()).toEqual([]);
    }
  });
});
