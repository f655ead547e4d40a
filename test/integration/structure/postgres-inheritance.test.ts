import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair } from './postgres-pair.ts';

const shape = `
  select a.attrelid::regclass::text, a.attname, a.attislocal::text, a.attinhcount::text, a.attnotnull::text,
    pg_get_expr(d.adbin, d.adrelid)
  from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1, 2`;
const constraints = `select conrelid::regclass::text, conname, pg_get_constraintdef(oid), conislocal::text from pg_constraint
  where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, 2`;

async function expectConverged(pair: Awaited<ReturnType<typeof postgresPair>>): Promise<void> {
  await pair.converge();
  for (const question of [shape, constraints]) {
    const { changed, wanted } = await pair.ask(question);
    expect(changed).toEqual(wanted);
  }
  expect(await pair.plan()).toEqual([]);
}

describeServers(['postgresql'], 'a table that inherits', (server) => {
  test('is made with keys and checks on columns that come from above', async () => {
    await using pair = await postgresPair(
      server,
      '',
      `create table binding (id bigserial, kind text not null, target bigint not null);
       create table shelf_binding (constraint is_shelf check (kind = 'shelf'), unique (target, kind)) inherits (binding)`,
    );

    await expectConverged(pair);
  });

  test('keeps a column of its own, with its values, when the table above loses it', async () => {
    await using pair = await postgresPair(
      server,
      `create table base (at date, total int); create table sale (id int) inherits (base);
       insert into sale values ('2024-01-01', 7, 1)`,
      'create table base (at date); create table sale (id int, total int) inherits (base)',
    );

    await expectConverged(pair);

    expect((await pair.changed.connection.run({ sql: 'select total from sale' }, [])).rows).toEqual([['7']]);
  });

  test('goes on forbidding nulls, proved or said beforehand, when the table above allows them', async () => {
    const create = (forbidden: string): string => `
      create table log (id int${forbidden}) partition by list (id);
      create table log_1 partition of log for values in (1); alter table log_1 alter column id set not null`;
    await using pair = await postgresPair(server, `${create(' not null')}; insert into log values (1)`, create(''));

    const statements = await pair.plan();
    await expectConverged(pair);

    const allowed = statements.findIndex(({ sql }) => / drop not null/.test(sql));
    const isNamed = Number.parseInt(server.version, 10) >= 18;
    expect(statements[allowed - 1]?.sql).toMatch(isNamed ? /"log_1" .* set not null/ : /validate constraint/);
  });

  test('changes the type of a column with the one above, whatever its own default is', async () => {
    const create = (type: string, value: string): string => `
      create table base (note ${type} default ${value}, twice text generated always as ((note || 'x')) stored);
      create table sale (id int) inherits (base); create table big_sale () inherits (sale);
      alter table only sale alter note set default ${value}; create view note_of_sale as select note from sale`;
    await using pair = await postgresPair(server, create('text', `'1'`), create('int', '1'));

    await expectConverged(pair);
  });

  test('is made with the names under which it forbids nulls, its own and those from above', async () => {
    await using pair = await postgresPair(
      server,
      '',
      `create table base (id int primary key, code text not null, note text);
       create table sale (constraint sale_key primary key (id), constraint has_note check (note <> '')) inherits (base);
       create table gift (note text not null) inherits (base); create table loan () inherits (base)`,
    );

    await expectConverged(pair);

    const { changed, wanted } = await pair.ask(
      `select conrelid::regclass::text, conname, pg_get_constraintdef(oid), conislocal::text from pg_constraint
       where connamespace = 'public'::regnamespace order by 1, 2`,
    );
    expect(changed).toEqual(wanted);
  });

  test('goes with the one above, whose rules write to it', async () => {
    await using pair = await postgresPair(
      server,
      `create table sale (at date); create table sale_24 () inherits (sale); create table sale_25 () inherits (sale);
       create rule to_24 as on insert to sale where new.at < '2025-01-01' do instead insert into sale_24 values (new.at);
       create rule to_25 as on insert to sale where new.at >= '2025-01-01' do instead insert into sale_25 values (new.at)`,
      'create table other (id int)',
    );

    await expectConverged(pair);
  });
});
