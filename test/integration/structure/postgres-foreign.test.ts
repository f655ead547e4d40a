import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { expectMadeChangedAndRemoved, postgresPair } from './postgres-pair.ts';

const questions = [
  `select fdwname, nullif(fdwhandler, 0)::regproc::text, nullif(fdwvalidator, 0)::regproc::text, fdwoptions::text, coalesce(fdwacl, acldefault('F', fdwowner))::text
     from pg_foreign_data_wrapper order by 1`,
  `select srvname, srvtype, srvversion, srvoptions::text, coalesce(srvacl, acldefault('S', srvowner))::text, obj_description(oid, 'pg_foreign_server')
     from pg_foreign_server order by 1`,
  'select srvname, usename, umoptions::text from pg_user_mappings order by 1, 2',
  `select f.ftrelid::regclass::text, s.srvname, f.ftoptions::text, obj_description(f.ftrelid, 'pg_class')
     from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver order by 1`,
  `select attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull::text, attfdwoptions::text,
      (select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = attrelid and adnum = attnum)
    from pg_attribute join pg_foreign_table on ftrelid = attrelid where attnum > 0 and not attisdropped order by 1, 2`,
  `select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'c' order by 1, 2`,
  `select inhrelid::regclass::text, inhparent::regclass::text from pg_inherits order by 1`,
];

const small = `
  create foreign data wrapper far options (debug 'true');
  create server there version '1' foreign data wrapper far options (host 'a', port '1');
  create user mapping for current_user server there options (user 'me', timeout '1');
  create foreign table person (id int options (column_name 'key') not null, name text) server there options (table_name 'p');`;
const large = `
  create foreign data wrapper far options (debug 'false', level '2');
  create server there version '2' foreign data wrapper far options (host 'b', name 'x''y');
  create server other type 'odd' foreign data wrapper far; comment on server other is 'second';
  grant usage on foreign server other to public; grant usage on foreign data wrapper far to public;
  create user mapping for public server there;
  create user mapping for current_user server there options (timeout '2', user 'me');
  create foreign table person (id bigint options (column_name 'id'), name text default 'x', born date,
    constraint named check (name <> '')) server there options (table_name 'q', fetch_size '5');
  comment on foreign table person is 'far away';
  create table log (id int not null) partition by range (id);
  create foreign table log_far partition of log for values from (0) to (10) server other`;

describeServers(['postgresql'], 'what is on other servers', (server) => {
  test('is made, changed and removed', async () => {
    await expectMadeChangedAndRemoved(server, [small, large], { questions });
  });

  test('is made anew where a table moves to another server: it holds no row here', async () => {
    const on = (name: string): string => `create foreign data wrapper far; create server one foreign data wrapper far;
      create server two foreign data wrapper far; create foreign table person (id int) server ${name}`;
    await using pair = await postgresPair(server, on('one'), on('two'));

    expect(await pair.converge()).toEqual([
      expect.stringMatching(/^drop foreign table/),
      expect.stringMatching(/^create foreign table .* server "two"$/s),
    ]);
    expect(await pair.plan()).toEqual([]);
  });

  test('never has a password in its plan: such a mapping is refused by name', async () => {
    const mapping = (
      password: string,
    ): string => `create foreign data wrapper far; create server there foreign data wrapper far;
      create user mapping for current_user server there options (user 'me', password '${password}')`;
    const refusal = expect.objectContaining({
      code: 'PLAN_REFUSED',
      message: expect.not.stringContaining('planted'),
    });
    await using changed = await postgresPair(server, mapping('planted-old'), mapping('planted-new'));
    await using made = await postgresPair(server, '', mapping('planted-new'));
    await using same = await postgresPair(server, mapping('planted-new'), mapping('planted-new'));

    await expect(changed.plan()).rejects.toEqual(refusal);
    await expect(made.plan()).rejects.toEqual(refusal);
    expect(await same.plan()).toEqual([]);
  });
});
