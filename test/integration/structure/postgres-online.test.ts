import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair, type PostgresPair } from './postgres-pair.ts';

const shape = `
  select c.oid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text, a.attidentity::text,
    a.attstattarget::text, pg_get_expr(d.adbin, d.adrelid), a.attacl::text, col_description(c.oid, a.attnum)
  from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'public'::regnamespace
  order by 1, 2`;
const constraints = `select conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text,
    obj_description(oid, 'pg_constraint')
  from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' and not (contype = 'f' and conparentid <> 0)
  order by 1, 2`;
const indexes = `select pg_get_indexdef(indexrelid), indisvalid::text, obj_description(indexrelid, 'pg_class') from pg_index
  where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) order by 1`;
const views = `select viewname, definition from pg_views where schemaname = 'public' order by 1`;
const sequences = `select sequencename, data_type::text, start_value::text, max_value::text from pg_sequences order by 1`;
const bounds = `select oid::regclass::text, pg_get_expr(relpartbound, oid) from pg_class where relispartition and relkind in ('r', 'p') order by 1`;

async function expectSame(pair: PostgresPair): Promise<void> {
  for (const question of [shape, constraints, indexes, views, sequences, bounds]) {
    const { changed, wanted } = await pair.ask(question);
    expect(changed).toEqual(wanted);
  }
  expect(await pair.plan()).toEqual([]);
}

async function rowsOf({ changed }: PostgresPair, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await changed.connection.run({ sql }, [])).rows;
}

describeServers(['postgresql'], 'the type of a column that is in use', (server) => {
  const shop = (type: 'int' | 'bigint'): string => `
    create table town (id ${type} primary key, name text);
    create table person (id ${type === 'int' ? 'serial' : 'bigserial'} primary key, town ${type} not null references town,
      amount ${type} default 5 check (amount > 0), note text, constraint amount_note unique (amount, note));
    create table ticket (id ${type} generated always as identity (start with 5) primary key);
    create index person_amount on person (amount) where amount > 3;
    create view rich as select id, amount from person where amount > 10; create view richer as select * from rich;
    comment on column person.amount is 'how much'; comment on index person_amount is 'fast';
    create statistics both_columns on amount, town from person; grant select (amount) on person to public;
    alter table person alter column amount set statistics 200;`;
  const rows = `insert into town values (1, 'x'); insert into person (town, amount) values (1, 4), (1, 40);
    insert into ticket default values;`;

  test('changes beside it, with everything that stands on the column', async () => {
    await using pair = await postgresPair(server, shop('int') + rows, shop('bigint'));

    const statements = await pair.converge();

    await expectSame(pair);
    expect(statements.filter((sql) => /alter column "\w+" type/.test(sql))).toEqual([]);
    expect(
      await rowsOf(pair, 'select id, amount from richer union all select id, town from person order by 1, 2'),
    ).toEqual([
      ['1', '1'],
      ['2', '1'],
      ['2', '40'],
    ]);
    expect(await rowsOf(pair, 'insert into person (town) values (1) returning id, amount')).toEqual([['3', '5']]);
    expect(await rowsOf(pair, 'insert into ticket default values returning id')).toEqual([['6']]);
  });

  test('changes beside it too when the values of an enum go or move', async () => {
    const create = (labels: string, bad: string): string => `create type state as enum (${labels});
      create table task (id int primary key, state state not null default 'a', states state[],
        constraint state_check check (state <> '${bad}'));
      create index task_state on task (state) where state <> 'c'; create index task_both on task (state, id);
      comment on column task.state is 'where it stands'; create view open as select state from task;`;
    const filled = `insert into task values (1, 'a', '{a,c}'), (2, 'c', null);`;
    await using pair = await postgresPair(server, create(`'a', 'b', 'c'`, 'b') + filled, create(`'c', 'a', 'd'`, 'd'));

    await pair.converge();

    await expectSame(pair);
    expect(await rowsOf(pair, 'select id, state::text, states::text from task order by task.state')).toEqual([
      ['2', 'c', null],
      ['1', 'a', '{a,c}'],
    ]);
  });
});

describeServers(['postgresql'], 'a column that numbers or draws its values', (server) => {
  test('is added to a table with rows in it', async () => {
    const plain = `create table note (body text); insert into note values ('one'), ('two');
      create table log (k int not null) partition by range (k); create table log_1 partition of log for values from (0) to (9);
      insert into log values (1), (2);`;
    const wanted = `create table note (body text, id serial, n bigint generated always as identity, u uuid not null default gen_random_uuid());
      create table log (k int not null, u uuid not null default gen_random_uuid(), s serial) partition by range (k);
      create table log_1 partition of log for values from (0) to (9);`;
    await using pair = await postgresPair(server, plain, wanted);

    await pair.converge();

    await expectSame(pair);
    expect(await rowsOf(pair, 'select count(distinct id), count(distinct n), count(distinct u) from note')).toEqual([
      ['2', '2', '2'],
    ]);
    expect(await rowsOf(pair, `insert into note values ('three') returning id, n`)).toEqual([['3', '3']]);
    expect(await rowsOf(pair, 'select count(distinct s), count(distinct u) from log')).toEqual([['2', '2']]);
  });
});

describeServers(['postgresql'], 'a name', (server) => {
  const create = (key: string, check: string, unique: string, index: string): string => `
    create table person (id int constraint ${key} primary key, age int constraint ${check} check (age > 0), mail text constraint ${unique} unique);
    create index ${index} on person (age); comment on constraint ${unique} on person is 'one each';
    create table log (k int not null, v int, constraint log_${key} primary key (k), constraint log_${check} check (v > 0)) partition by range (k);
    create table log_1 partition of log for values from (0) to (9); create index log_${index} on log (v);
    create table mark (k int references log (k), person int references person);`;

  test('of a constraint or an index changes without building anything', async () => {
    await using pair = await postgresPair(server, create('a', 'b', 'c', 'd'), create('e', 'f', 'g', 'h'));

    const statements = await pair.converge();

    await expectSame(pair);
    expect(statements.filter((sql) => !/ rename (?:constraint "\w+" )?to /.test(sql))).toEqual([]);
  });

  test('and the columns of a primary key change, and there is always one', async () => {
    const before = 'create table person (id int constraint a primary key, no int not null);';
    const after = 'create table person (id int, no int not null constraint b primary key);';
    await using pair = await postgresPair(server, `${before} insert into person values (1, 2)`, after);

    const statements = await pair.converge();

    await expectSame(pair);
    expect(statements.filter((sql) => /drop constraint/.test(sql) && !/add constraint/.test(sql))).toEqual([]);
  });
});

describeServers(['postgresql'], 'the rows of a partition', (server) => {
  const whole = 'create table log (id int not null, kind text) partition by range (id);';
  const part = (name: string, from: number, to: number): string =>
    `create table ${name} partition of log for values from (${from}) to (${to});`;

  test('go to those that take its place', async () => {
    const before = `${whole} ${part('a', 0, 10)} ${part('b', 10, 20)} insert into log values (1, 'x'), (7, 'y'), (12, 'z');`;
    const after = `${whole} ${part('a1', 0, 5)} ${part('a2', 5, 10)} ${part('b', 10, 30)}`;
    await using pair = await postgresPair(server, before, after);

    await pair.converge();

    await expectSame(pair);
    expect(await rowsOf(pair, 'select tableoid::regclass::text, id from log order by 2')).toEqual([
      ['a1', '1'],
      ['a2', '7'],
      ['b', '12'],
    ]);
  });

  test('are dropped with it, and the plan says so, when nobody takes them', async () => {
    await using pair = await postgresPair(
      server,
      whole + part('a', 0, 10) + part('b', 10, 20),
      whole + part('b', 10, 20),
    );

    expect(await pair.plan()).toMatchObject([{ loses: [{ table: '"public"."a"' }] }]);
  });

  test('are proved to fit before their partition gets another place, not while they are out of sight', async () => {
    const other = 'create table archive (id int not null, kind text) partition by range (id);';
    const rest = 'create table rest partition of log default;';
    const filled = `insert into log values (1, 'x'), (15, 'y'), (99, 'z');`;
    const before = whole + other + part('a', 0, 10) + part('b', 10, 20) + rest + filled;
    const after = `${whole + other + part('a', 0, 12) + rest} create table b partition of archive for values from (12) to (30);`;
    await using pair = await postgresPair(server, before, after);

    const statements = await pair.plan();
    await pair.converge();

    await expectSame(pair);
    const kinds = statements.flatMap(({ sql }) => / (validate|detach|attach) /.exec(sql)?.[1] ?? []);
    expect(kinds).toEqual(['validate', 'validate', 'validate', 'detach', 'detach', 'attach', 'attach']);
    expect(statements.filter(({ note }) => note !== undefined)).toEqual([]);
    expect(await rowsOf(pair, 'select id, tableoid::regclass::text from log order by 1')).toEqual([
      ['1', 'a'],
      ['99', 'rest'],
    ]);
    expect(await rowsOf(pair, 'select id from archive')).toEqual([['15']]);
  });

  test('keep their place when the bounds of two levels change', async () => {
    const tree = (kinds: string, more: string): string => `
      create table event (id int not null, kind text not null, v int, primary key (id, kind)) partition by range (id);
      create table event_1 partition of event for values from (0) to (10) partition by list (kind);
      create table event_a partition of event_1 for values in (${kinds}); ${more}
      create table event_rest partition of event_1 default; create index on event (v);`;
    const rows = `insert into event values (1, 'a', 1), (2, 'b', 2), (3, 'z', 3);`;
    const extra = `create table event_b partition of event_1 for values in ('b');`;
    await using narrower = await postgresPair(server, tree(`'a'`, extra) + rows, tree(`'a', 'b'`, ''));

    await narrower.converge();

    await expectSame(narrower);
    expect(await rowsOf(narrower, 'select id, tableoid::regclass::text from event order by 1')).toEqual([
      ['1', 'event_a'],
      ['2', 'event_a'],
      ['3', 'event_rest'],
    ]);
  });
});
