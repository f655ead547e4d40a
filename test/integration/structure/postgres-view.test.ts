import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair } from './postgres-pair.ts';

const table = 'create table person (id int primary key, name text, age int);';
const shown = `select c.relname, c.relkind::text, pg_get_viewdef(c.oid), c.reloptions::text, c.relispopulated,
    obj_description(c.oid), (select string_agg(col_description(c.oid, n), ',') from generate_series(1, 5) n),
    has_table_privilege('pg_monitor', c.oid, 'select'), has_any_column_privilege('pg_monitor', c.oid, 'update')
  from pg_class c where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace order by 1`;

describeServers(['postgresql'], 'a view', (server) => {
  test('is replaced in place when it only gets columns', async () => {
    await using pair = await postgresPair(
      server,
      `${table} create view adult with (security_invoker = true) as select id from person;
       create view named as select * from adult`,
      `${table} create view adult with (check_option = local) as select id, name from person where age > 17;
       create view named as select id from adult`,
    );

    const statements = await pair.converge();

    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatch(/^create or replace view/);
    const found = await pair.ask(shown);
    expect(found.changed).toEqual(found.wanted);
  });

  test('comes back with its grants, comments, triggers and readers when it must be made anew', async () => {
    const rest = `
      grant select on adult to pg_monitor; grant update (id) on adult to pg_monitor;
      comment on view adult is 'of age'; comment on column adult.id is 'the number';
      create function refuse() returns trigger language plpgsql as 'begin return null; end';
      create trigger refuse instead of insert on adult for each row execute function refuse();
      create rule nothing as on delete to adult do instead nothing;
      create view reader as select id from adult; grant select on reader to pg_monitor`;
    await using pair = await postgresPair(
      server,
      `${table} create view adult as select name, id from person; ${rest}`,
      `${table} create view adult as select id from person; ${rest}`,
    );

    await pair.converge();

    const views = await pair.ask(shown);
    expect(views.changed).toEqual(views.wanted);
    const triggers = await pair.ask(`select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      union all select pg_get_ruledef(oid) from pg_rewrite where rulename = 'nothing'`);
    expect(triggers.changed).toEqual(triggers.wanted);
    expect(triggers.changed).toHaveLength(2);
    expect(await pair.plan()).toEqual([]);
  });

  test('that is materialized keeps its indexes, and is filled or not as it shall be', async () => {
    const index = 'create unique index by_id on kept (id);';
    await using pair = await postgresPair(
      server,
      `${table} insert into person values (1, 'Ann', 40);
       create materialized view kept as select id from person; create materialized view empty as select 1 as one; ${index}`,
      `${table} create materialized view kept as select id, name from person;
       create materialized view empty as select 1 as one with no data; ${index}`,
    );

    await pair.converge();

    const found = await pair.ask(shown);
    expect(found.changed).toEqual(found.wanted);
    const rows = await pair.changed.connection.run({ sql: 'select id, name from kept' }, []);
    expect(rows.rows).toEqual([['1', 'Ann']]);
    expect(await pair.ask(`select to_regclass('by_id') is not null`)).toMatchObject({ changed: [['t']] });
    expect(await pair.plan()).toEqual([]);
  });

  test('goes with its table although a policy of the table reads it', async () => {
    await using pair = await postgresPair(
      server,
      `create table account (id int, open boolean); create view open_account as select id from account where open;
       create policy readable on account using (id in (select id from open_account))`,
      '',
    );

    await pair.converge();

    expect(await pair.plan()).toEqual([]);
  });
});
