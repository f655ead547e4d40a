import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair } from './postgres-pair.ts';

const rights = `
  select c.relname, (x).grantee::regrole::text, (x).privilege_type, (x).is_grantable, null
  from pg_class c, aclexplode(coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))) x
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'S')
  union all select a.attrelid::regclass::text, (x).grantee::regrole::text, (x).privilege_type, (x).is_grantable, a.attname
  from pg_attribute a, aclexplode(a.attacl) x where a.attrelid >= 16384
  union all select p.proname, (x).grantee::regrole::text, (x).privilege_type, (x).is_grantable, 'function'
  from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x where p.pronamespace = 'public'::regnamespace
  order by 1, 2, 3, 5`;
const defaults = `select defaclrole::regrole::text, defaclobjtype::text, (x).grantee::regrole::text, (x).privilege_type
  from pg_default_acl, aclexplode(defaclacl) x order by 1, 2, 3, 4`;
const objects = `
  create table person (id int, name text); create view people as select id, name from person; create sequence number;
  create function hello() returns int language sql as 'select 1';`;

describeServers(['postgresql'], 'a grant', (server) => {
  test('on tables, columns, columns of views, sequences and functions is made and taken back', async () => {
    const given = `
      grant select, insert on person to pg_monitor with grant option; grant update (name) on person to pg_read_all_stats;
      grant select (id) on people to pg_monitor; grant usage on sequence number to public;
      revoke execute on function hello() from public; revoke delete on person from current_user`;
    await using there = await postgresPair(server, objects, `${objects} ${given}`);
    await using back = await postgresPair(server, `${objects} ${given}`, objects);

    await there.converge();
    await back.converge();

    for (const pair of [there, back]) {
      const found = await pair.ask(rights);
      expect(found.changed).toEqual(found.wanted);
      expect(await pair.plan()).toEqual([]);
    }
  });

  test('that default privileges would add to a new table is not there when it shall not be', async () => {
    const open = 'alter default privileges grant select on tables to pg_monitor;';
    await using pair = await postgresPair(
      server,
      `${open} alter default privileges revoke execute on functions from public`,
      `${objects} ${open} create table open (id int)`,
    );

    await pair.converge();

    const found = await pair.ask(rights);
    expect(found.changed).toEqual(found.wanted);
    const later = await pair.ask(defaults);
    expect(later.changed).toEqual(later.wanted);
    expect(await pair.plan()).toEqual([]);
  });

  test('on a column stays when the table loses its own', async () => {
    const column = 'grant select (id) on person to pg_monitor;';
    await using pair = await postgresPair(
      server,
      `${objects} grant select on person to pg_monitor; ${column}`,
      `${objects} ${column}`,
    );

    await pair.converge();

    const found = await pair.ask(rights);
    expect(found.changed).toEqual(found.wanted);
    expect(await pair.plan()).toEqual([]);
  });
});
