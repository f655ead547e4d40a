import { expect, test } from 'vitest';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openPair } from './mysql-pair.ts';

const parent = 'create table author (id int primary key, code int, unique key by_code (code))';

/** What changes, one state, the other one, and the servers that know it. */
const changes: readonly (readonly [string, readonly string[], readonly string[], string?])[] = [
  [
    'columns of every kind come and go',
    ['create table book (id int primary key)'],
    [
      `create table book (id int primary key, a date not null, b datetime not null, c timestamp not null, d json not null,
        e enum('x,y', 'it''s') not null default 'it''s', f bit(3) not null default b'1', g varchar(9) not null default '',
        h datetime(6) default current_timestamp(6) on update current_timestamp(6) comment 'a, b) \`q\` it''s',
        i char(36) default (uuid()), j int as (id + 1) virtual, k int as (id + 2) stored, l decimal(5, 2) default 1.5,
        m varchar(9) character set latin1, n varchar(9) collate utf8mb4_bin, o int default 3 invisible)`,
    ],
  ],
  [
    'the primary key moves and the number goes with it',
    ['create table book (id int not null auto_increment, shelf int not null, primary key (id), key by_shelf (shelf))'],
    ['create table book (id int not null auto_increment, shelf int not null, primary key (shelf), key by_id (id))'],
  ],
  [
    'a column that keys refer to grows',
    [parent, 'create table book (id int, author int, constraint fk foreign key (author) references author (id))'],
    [
      'create table author (id bigint primary key, code int, unique key by_code (code))',
      'create table book (id int, author bigint, constraint fk foreign key (author) references author (id))',
    ],
  ],
  [
    'the index under a foreign key is replaced',
    [parent, 'create table book (id int, a int, key k1 (a), constraint fk foreign key (a) references author (code))'],
    [
      'create table author (id int primary key, code int, unique key code_is_one (code), key both_ways (id, code))',
      'create table book (id int, a int, key k2 (a, id), constraint fk foreign key (a) references author (code) on delete cascade)',
    ],
  ],
  [
    'foreign keys without names lead elsewhere over the indexes that the server made for them',
    [
      parent,
      'create table book (a int, b int, foreign key (a) references author (code), constraint named foreign key (b) references author (id))',
    ],
    [
      parent,
      'create table book (a int, b int, foreign key (a) references author (id), constraint other foreign key (b) references author (code), key named (b))',
    ],
  ],
  [
    'a check and a foreign key move to a table that takes the place of another',
    [
      parent,
      'create table book (a int, constraint fk foreign key (a) references author (code), constraint one check (a > 0))',
    ],
    [
      parent,
      'create table tome (a int, constraint fk foreign key (a) references author (code), constraint one check (a > 0))',
    ],
  ],
  [
    'a check moves to a table that was there before',
    [
      'create table book (a int, constraint one check (a > 0), constraint two check (a > 1))',
      'create table film (a int)',
      'create table tome (a int)',
    ],
    [
      'create table book (a int)',
      'create table film (a int, constraint one check (a > 0))',
      'create table tome (a int, constraint two check (a > 1))',
    ],
  ],
  [
    'a number or a moment becomes a uuid',
    ['create table book (id int primary key, a int not null default 3, b datetime(3), c uuid)'],
    ['create table book (id int primary key, a uuid not null default uuid(), b uuid, c time)'],
    'mariadb',
  ],
  [
    'a number or a moment becomes a shape',
    ['create table book (id int primary key, a int not null default 3, b datetime(3), c point not null)'],
    ['create table book (id int primary key, a point not null, b geometry, c time)'],
  ],
  [
    'a shape becomes a uuid',
    ['create table book (id int primary key, a point)'],
    ['create table book (id int primary key, a uuid)'],
    'mariadb',
  ],
  [
    'tables that need each other come and go',
    ['create table other (id int primary key)'],
    [
      'create table other (id int primary key)',
      'create table a (id int primary key, b int)',
      'create table b (id int primary key, a int, constraint ba foreign key (a) references a (id))',
      'alter table a add constraint ab foreign key (b) references b (id)',
    ],
  ],
  [
    'the character set of a table changes with the columns that have no own',
    [
      'create table book (id int primary key, t varchar(9), own varchar(9) character set latin1) default charset latin1',
    ],
    [
      'create table book (id int primary key, t varchar(9), own varchar(9) character set latin1, n text) default charset utf8mb4 collate utf8mb4_bin',
    ],
  ],
  [
    'options are set and taken back',
    ["create table book (id int primary key) comment 'x' row_format=compact stats_persistent=1 max_rows=10"],
    ['create table book (id int primary key) avg_row_length=5 checksum=1'],
  ],
  [
    'columns are worked out another way',
    [
      'create table book (id int primary key, a int, b int as (a + 1) virtual, c int as (b + a) stored, key kb (b), constraint cc check (b > 0))',
    ],
    [
      'create table book (id int primary key, a int, b int as (a + 2) stored, c int as (b + id) virtual, key kb (b, c), constraint cc check (b > 0))',
    ],
  ],
  [
    'a column goes with its indexes and checks',
    [
      'create table book (id int primary key, a int, b int, key ab (a, b), key a (a), constraint ca check (a > 0), constraint cab check (a + b > 0))',
    ],
    ['create table book (id int primary key, b int, key ab (b), constraint cab check (b > 0))'],
  ],
  [
    'names with odd characters',
    ['create table `we``ird.t` (`a``b` int, `c.d` int, key `i``x` (`a``b`), constraint `c``k` check (`c.d` > 0))'],
    ["create table `we``ird.t` (`a``b` bigint comment 'a,b) ''x'' `q`', `c.d` int, key `i``y` (`a``b`, `c.d`))"],
  ],
  [
    'partitions are added behind, and rows are put in places anew',
    [
      'create table book (id int not null, y int not null, primary key (id, y)) partition by range (y) (partition a values less than (10))',
      'create table film (id int not null, y int not null, primary key (id))',
    ],
    [
      'create table book (id int not null, y int not null, primary key (id, y)) partition by range (y) (partition a values less than (10), partition b values less than maxvalue)',
      'create table film (id int not null, y int not null, primary key (id, y)) partition by hash (y) partitions 3',
    ],
  ],
  [
    'expression keys, invisible indexes and checks that are not enforced',
    [
      'create table book (id int primary key, a varchar(9), b int, key f ((lower(a))), key k (b), constraint c check (b > 0))',
    ],
    [
      'create table book (id int primary key, a varchar(9), b int, key f ((upper(a))), key k (b) invisible, constraint c check (b > 0) not enforced)',
    ],
    'mysql',
  ],
  [
    'the reference system of a column under a spatial index',
    ['create table place (id int primary key, g point not null srid 4326, spatial key sg (g))'],
    ['create table place (id int primary key, g point not null srid 3857, spatial key sg (g))'],
    'mysql',
  ],
  [
    'several indexes of words come at once',
    ['create table book (id int primary key, a text, b text, fulltext key f (a))'],
    [
      'create table book (id int primary key, a text, b text, c text, fulltext key f (a, b), fulltext key g (b), fulltext key h (c))',
    ],
  ],
  [
    'an index of words gets another parser',
    ['create table book (id int primary key, a text, b text, fulltext key f (a), fulltext key g (b))'],
    [
      'create table book (id int primary key, a text, b text, fulltext key f (a) with parser ngram, fulltext key g (b) with parser ngram)',
    ],
    'mysql',
  ],
  [
    'an engine goes with its own options',
    ['create table book (id int primary key) engine=aria page_checksum=1 transactional=1'],
    ['create table book (id int primary key) engine=innodb'],
    'mariadb',
  ],
  [
    'sequences and the defaults that take from them',
    ['create sequence s increment by 2', 'create table book (id int default nextval(s), a int)'],
    [
      'create sequence s increment by 3 cycle',
      'create sequence r',
      'create table book (id int default nextval(r), a int)',
    ],
    'mariadb',
  ],
  [
    'tables that keep the history of their rows, ignored indexes and checks of columns',
    ['create table book (id int primary key, a int, key k (a)) with system versioning'],
    [
      'create table book (id int primary key, a int check (a > 0), key k (a) ignored, b int without system versioning) with system versioning',
    ],
    'mariadb',
  ],
];

describeServers(['mysql', 'mariadb'], 'a table becomes another', (server) => {
  for (const [title, one, other, only] of changes) {
    if (only !== undefined && only !== server.variant) continue;
    test(`${title}, plainly`, async () => await expectConvergence(server, one, other, 'plain'));
    test(`${title}, online`, async () => await expectConvergence(server, one, other, 'online'));
    test(`${title}, back again`, async () => await expectConvergence(server, other, one, 'online'));
  }

  test('rows keep what stays, also in a column that was worked out before', async () => {
    await using pair = await openPair(
      server,
      [
        'create table book (id int primary key, a int, b int as (a + 1) virtual)',
        'insert into book (id, a) values (1, 2)',
      ],
      ['create table book (id int primary key, a int, b int, c date not null, d int not null, key kb (b))'],
    );

    await pair.converge();

    const { rows } = await pair.changed.connection.run({ sql: 'select id, a, b, d from book' }, []);
    expect(rows.map((row) => row.map(Number))).toEqual([[1, 2, 3, 0]]);
    expect(await pair.plan()).toEqual([]);
  });

  test('a value that no longer fits stops the plan, and nothing is cut', async () => {
    await using pair = await openPair(
      server,
      ["create table book (id int primary key, kind enum('a', 'b') not null)", "insert into book values (1, 'b')"],
      ["create table book (id int primary key, kind enum('a') not null)"],
    );

    await expect(pair.converge()).rejects.toThrow(/truncated/i);

    const { rows } = await pair.changed.connection.run({ sql: 'select kind from book' }, []);
    expect(rows).toEqual([['b']]);
  });
});

async function expectConvergence(
  server: TestServer,
  from: readonly string[],
  to: readonly string[],
  safe: 'plain' | 'online',
): Promise<void> {
  await using pair = await openPair(server, from, to);
  expect((await pair.read()).opaque).toEqual([]);

  const statements = await pair.converge({ safe });

  const { changed, wanted } = await pair.shown();
  expect(changed).toEqual(wanted);
  expect(statements).not.toEqual([]);
  expect(statements.flatMap(({ note }) => note ?? []).join('\n')).not.toContain('could not be tried');
  expect(await pair.plan()).toEqual([]);
}
