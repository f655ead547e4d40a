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

  test('that default privileges take away is granted to a function that shall have it', async () => {
    const closed = 'alter default privileges revoke execute on functions from public;';
    const create = (name: string): string =>
      `create function ${name}() returns int language sql as 'select 1'; grant execute on function ${name}() to public;`;
    await using pair = await postgresPair(
      server,
      `${closed} ${create('kept')}`,
      `${closed} ${create('kept')} ${create('added')}`,
    );
    await using opened = await postgresPair(server, create('kept'), `${closed} ${create('kept')} ${create('added')}`);

    for (const either of [pair, opened]) {
      await either.converge();

      const { changed, wanted } = await either.ask(`
        select p.proname, a.grantee::text, a.privilege_type
        from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
        where p.pronamespace = 'public'::regnamespace order by 1, 2`);
      expect(changed).toHaveLength(4);
      expect(changed).toEqual(wanted);
      expect(await either.plan()).toEqual([]);
    }
  });

  test('to a role that becomes the owner, or was it, is taken back while the old owner has the table', async () => {
    const roles = `do $$ begin create role first_owner; exception when duplicate_object then null; end $$;
      do $$ begin create role next_owner; exception when duplicate_object then null; end $$;`;
    const create = (name: string, owner: string, grant: string): string =>
      `create table ${name} (id int); alter table ${name} owner to ${owner}; ${grant.replace('TABLE', name)};`;
    const before = `${roles}
      ${create('granted', 'first_owner', 'grant all on TABLE to next_owner')}
      ${create('emptied', 'first_owner', 'grant all on TABLE to next_owner')}
      ${create('bare', 'first_owner', 'revoke all on TABLE from first_owner')}
      ${create('taken', 'current_user', 'grant select on TABLE to next_owner')}`;
    const after = `${roles}
      ${create('granted', 'next_owner', '')} ${create('emptied', 'next_owner', 'revoke all on TABLE from next_owner')}
      ${create('bare', 'next_owner', 'grant all on TABLE to first_owner')} ${create('taken', 'next_owner', '')}`;
    await using there = await postgresPair(server, before, after);
    await using back = await postgresPair(server, after, before);

    for (const pair of [there, back]) {
      await pair.converge();
      const { changed, wanted } = await pair.ask(`
        select c.relname, c.relowner::regrole::text, (select array_agg(a::text order by a::text)
          from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a)
        from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`);
      expect(changed).toEqual(wanted);
      expect(await pair.plan()).toEqual([]);
    }
  });
});
