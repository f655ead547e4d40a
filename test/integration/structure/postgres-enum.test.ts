import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair } from './postgres-pair.ts';

const labels = `select enumtypid::regtype::text, enumlabel from pg_enum order by 1, enumsortorder`;
const columns = `select attrelid::regclass::text, attname, format_type(atttypid, atttypmod) from pg_attribute
  where attrelid in ('ticket'::regclass) and attnum > 0 and not attisdropped order by 2`;

describeServers(['postgresql'], 'an enum type', (server) => {
  test('gets new values where they belong, each in a transaction of its own', async () => {
    await using pair = await postgresPair(
      server,
      `create type mood as enum ('b', 'd')`,
      `create type mood as enum ('a', 'b', 'c', 'd', 'e')`,
    );

    const statements = await pair.plan();
    await pair.converge();

    expect(statements.map(({ segment }) => segment)).toEqual(['alone', 'alone', 'alone']);
    const found = await pair.ask(labels);
    expect(found.changed).toEqual(found.wanted);
    expect(await pair.plan()).toEqual([]);
  });

  test('loses and reorders values while the rows and all that reads them stay', async () => {
    const rest = `
      create table ticket (id int primary key, state state not null default 'open', past state[]);
      create index open_tickets on ticket (id) where state = 'open';
      create view open_ticket as select id from ticket where state::text = 'open';
      create function is_open(state) returns boolean language sql immutable return $1 = 'open';
      comment on type state is 'where it stands';
      comment on column ticket.state is 'now'`;
    await using pair = await postgresPair(
      server,
      `create type state as enum ('new', 'open', 'done'); ${rest}; insert into ticket values (1, 'open', '{open,done}')`,
      `create type state as enum ('done', 'open'); ${rest}`,
    );

    await pair.converge();

    expect(await pair.ask(labels)).toMatchObject({
      changed: [
        ['state', 'done'],
        ['state', 'open'],
      ],
    });
    const types = await pair.ask(columns);
    expect(types.changed).toEqual(types.wanted);
    const { rows } = await pair.changed.connection.run(
      { sql: 'select id, state::text, past::text, is_open(state) from ticket' },
      [],
    );
    expect(rows).toEqual([['1', 'open', '{open,done}', 't']]);
    expect(await pair.plan()).toEqual([]);
  });

  test('does not lose a row that holds a value which goes: the plan stops there', async () => {
    const table = 'create table ticket (state state)';
    await using pair = await postgresPair(
      server,
      `create type state as enum ('new', 'open'); ${table}; insert into ticket values ('new')`,
      `create type state as enum ('open'); ${table}`,
    );

    const statements = (await pair.plan()).map(({ sql }) => sql).join(';\n');
    const failure = await pair.changed.connection.script(statements).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Error);
    const { rows } = await pair.changed.connection.run({ sql: 'select state::text from ticket' }, []);
    expect(rows).toEqual([['new']]);
  });
});
