import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openPair } from './mysql-pair.ts';

const table = 'create table book (id int primary key, pages int)';
const log = 'create table log (id int primary key, book int)';

describeServers(['mysql', 'mariadb'], 'what has a body becomes another', (server) => {
  test('views that read each other the other way round', async () => {
    await using pair = await openPair(
      server,
      [table, 'create view a as select id, pages from book', 'create view b as select * from a where pages > 1'],
      [
        table,
        'create sql security invoker view b as select id, pages from book',
        'create algorithm = merge view a as select id, pages from b where pages > 1 with cascaded check option',
        'create view c (x) as select id from a',
      ],
    );

    await pair.converge();

    const { changed, wanted } = await pair.shown();
    expect(changed).toEqual(wanted);
    expect(await pair.plan()).toEqual([]);
  });

  test('a view takes the name of a table, and a column the name of a view', async () => {
    await using pair = await openPair(
      server,
      [table, 'create table shelf (id int primary key, summary int)'],
      [
        table,
        'create table part (id int primary key, summary int, shelf int)',
        'create view shelf as select part.id, part.summary from part',
        'create view summary as select part.id, part.shelf as shelf from part',
      ],
    );

    await pair.converge();

    const { changed, wanted } = await pair.shown();
    expect(changed).toEqual(wanted);
    expect(await pair.plan()).toEqual([]);
  });

  test('routines and events', async () => {
    await using pair = await openPair(
      server,
      [
        "create procedure p(in x int) comment 'it''s' begin declare y int; set y = x; select y; end",
        'create function f(x int) returns int deterministic return x + 1',
        "create event e on schedule every 1 day starts '2030-01-01 00:00:00' do select 1",
        'create procedure gone() select 1',
      ],
      [
        'create procedure p(in x int, out z int) sql security invoker begin set z = x; end',
        'create function f(x bigint) returns bigint deterministic return x + 2',
        "create event e on schedule every 2 day starts '2030-01-01 00:00:00' on completion preserve disable do select 2",
        'create function made() returns int deterministic return 1',
      ],
    );

    await pair.converge();

    const { changed, wanted } = await pair.shown();
    expect(changed).toEqual(wanted);
    expect(await pair.plan()).toEqual([]);
  });

  test('triggers keep the order in which they run', async () => {
    const trigger = (name: string, value: number, order = ''): string =>
      `create trigger ${name} before insert on book for each row ${order} set new.pages = ${value}`;
    await using pair = await openPair(
      server,
      [table, log, trigger('b', 2), trigger('c', 3), trigger('d', 4)],
      [table, log, trigger('b', 2), trigger('c', 5), trigger('a', 1, 'precedes b'), trigger('d', 4, 'follows b')],
    );

    await pair.converge();

    const { changed, wanted } = await pair.shown();
    expect(changed).toEqual(wanted);
    expect(await pair.plan()).toEqual([]);
  });

  test('a routine keeps the mode it was made in, and the session its own', async () => {
    await using pair = await openPair(
      server,
      [],
      ["set session sql_mode = 'ANSI_QUOTES'", 'create procedure p() select 1 as "a b"'],
    );
    const own = await pair.changed.connection.run({ sql: 'select @@session.sql_mode' }, []);

    await pair.converge();

    const { changed, wanted } = await pair.shown();
    expect(changed).toEqual(wanted);
    expect(await pair.changed.connection.run({ sql: 'select @@session.sql_mode' }, [])).toEqual(own);
  });

  test('an account that is not the one who plans stays the owner', async () => {
    await using pair = await openPair(
      server,
      [table, 'create view v as select id from book', 'create procedure p() select 1'],
      [
        table,
        "create definer = 'nobody'@'nowhere' view v as select id from book",
        "create definer = 'nobody'@'nowhere' procedure p() select 1",
      ],
    );

    await pair.converge();

    const { changed, wanted } = await pair.shown();
    expect(changed).toEqual(wanted);
    expect(await pair.plan()).toEqual([]);
  });
});
