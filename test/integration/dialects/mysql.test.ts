import { expect, test } from 'vitest';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import type { Expression } from '../../../src/catalog/model/expression.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import { createMariadbDialect } from '../../../src/dialects/mariadb/dialect.ts';
import { createMysqlDialect } from '../../../src/dialects/mysql/dialect.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { column, create, open, tableOf, type OpenServer } from './mysql-family.ts';

const short = { kind: 'varchar', length: 50 } as const;
const whole = { kind: 'integer' } as const;

/** `column` and a text after it: `` `deleted` is null ``. */
function about(name: string, text: string): Expression {
  return {
    parts: [
      { kind: 'name', name },
      { kind: 'text', text },
    ],
  };
}

const lowered: Expression = {
  parts: [
    { kind: 'text', text: 'lower(' },
    { kind: 'name', name: 'email' },
    { kind: 'text', text: ')' },
  ],
};

const people: Table = tableOf(
  'person',
  [column('email', short), column('deleted', whole, { nullable: true }), column('rank', whole)],
  {
    indexes: [
      { name: 'living', keys: [{ column: 'email' }], unique: true, where: about('deleted', ' is null') },
      { name: 'lowered', keys: [{ expression: lowered }, { column: 'rank', order: 'desc' }], unique: false },
    ],
  },
);

describeServers(['mysql', 'mariadb'], 'definitions of the MySQL family', (server) => {
  test('a unique index of a part of the rows holds for that part, serves searches and comes back as written', async () => {
    await using database = await server.database();
    await using on = await open(database);

    await on.make(create(people));

    await on.rows("insert into person values (1, 'a@b', null, 1), (2, 'a@b', 7, 1), (3, 'a@b', 7, 1)");
    await expect(on.rows("insert into person values (4, 'a@b', null, 1)")).rejects.toThrow(/living/);
    const [table] = (await on.inspect()).tables;
    expect(table?.columns.map(({ name }) => name)).toEqual(['id', 'email', 'deleted', 'rank']);
    expect(table?.indexes[0]).toMatchObject({ name: 'living', keys: [{ column: 'email' }], unique: true });
    expect(JSON.stringify(table?.indexes[0]?.where)).toContain('`deleted` is null');
    expect(JSON.stringify(await on.rows("explain select * from person where email = 'a@b'"))).toContain('living');
  });

  test('an index of an expression goes without a trace', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const made = await on.make(create(people));

    await on.make(
      ['living', 'lowered'].map((name) => ({ kind: 'drop-index', table: { name: 'person' }, name })),
      made,
    );

    const [table] = (await on.inspect()).tables;
    expect(table?.indexes).toEqual([]);
    expect(table?.columns).toHaveLength(4);
    expect(await on.rows("show columns from person like 'rh%'")).toEqual([]);
  });

  test('a foreign key brings and takes its index, and survives the loss of another', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const reference = { name: 'parent', columns: ['id'] };
    const child = tableOf('child', [column('parent', whole)]);
    const made = await on.make(create(tableOf('parent', []), child));
    const table = { name: 'child' };
    const foreignKey = { name: 'fk', columns: ['parent'], references: reference } as const;

    const joined = await on.make(
      [{ kind: 'add-foreign-key', table, foreignKey: { ...foreignKey, onDelete: 'cascade', onUpdate: 'no-action' } }],
      made,
    );
    expect((await on.inspect()).tables[0]?.indexes).toEqual([]);

    const indexed = await on.make(
      [{ kind: 'create-index', table, index: { name: 'by_parent', keys: [{ column: 'parent' }], unique: false } }],
      joined,
    );
    expect((await on.inspect()).tables[0]?.indexes.map(({ name }) => name)).toEqual(['by_parent']);

    const bare = await on.make([{ kind: 'drop-index', table, name: 'by_parent' }], indexed);
    expect((await on.inspect()).tables[0]?.foreignKeys.map(({ name }) => name)).toEqual(['fk']);

    await on.make([{ kind: 'drop-foreign-key', table, name: 'fk' }], bare);
    expect(await on.rows("show index from child where key_name <> 'PRIMARY'")).toEqual([]);
  });

  test('a foreign key beside a descending index comes and goes the same, in whichever order they are made', async () => {
    const child = tableOf('child', [column('parent', whole)]);
    const table = { name: 'child' };
    const references = { name: 'parent', columns: ['id'] };
    const foreignKey = {
      name: 'fk',
      columns: ['parent'],
      references,
      onDelete: 'cascade',
      onUpdate: 'no-action',
    } as const;
    const index = { name: 'latest', keys: [{ column: 'parent', order: 'desc' as const }], unique: false };
    const steps = [
      { kind: 'add-foreign-key', table, foreignKey } as const,
      { kind: 'create-index', table, index } as const,
    ];

    for (const order of [steps, steps.toReversed()]) {
      await using database = await server.database();
      await using on = await open(database);
      const bare = await on.make(create(tableOf('parent', []), child));

      const made = await on.make(order, bare);
      expect((await on.inspect()).tables[0]?.indexes).toEqual([index]);

      const freed = await on.make([{ kind: 'drop-foreign-key', table, name: 'fk' }], made);
      expect((await on.inspect()).tables[0]?.indexes).toEqual([index]);

      await on.make([{ kind: 'drop-index', table, name: 'latest' }], freed);
      expect(await on.rows("show index from child where key_name <> 'PRIMARY'")).toEqual([]);
    }
  });

  test('what the catalog has no place for survives being made again', async () => {
    await using first = await server.database();
    await using on = await open(first);
    await on.connection.script(`
create table log (id int primary key, at timestamp(3) not null default current_timestamp(3) on update current_timestamp(3),
  hidden int invisible, loud enum('a''b', 'c\\\\d') not null default 'a''b', kind set('x', 'y'), key unused (hidden))
  row_format = compressed comment = 'it''s';
alter table log alter index unused ${server.variant === 'mariadb' ? 'ignored' : 'invisible'};
create table part (id int primary key) partition by hash (id) partitions 2;
create definer = current_user sql security invoker view own as select id from log;
create view base as select id, concat(loud, 'é\\\\') as t from log;
create view above as select id from base with check option;
`);
    await on.connection.script('create function twice(a int) returns int deterministic begin return a * 2; end');
    await on.connection.script("create trigger stamp before insert on log for each row begin set new.kind = 'x'; end");
    await on.connection.script("create event nightly on schedule every 1 day starts '2037-01-01' do select 1");
    const found = await on.inspect();
    await using second = await server.database();
    await using again = await open(second);

    await again.make(createCatalog(found));

    expect(await again.inspect()).toEqual(found);
    expect(found.raw.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'table part',
      'function twice',
      'event nightly',
      'view own',
      'trigger stamp',
    ]);
    expect(found.views.map(({ name }) => name)).toEqual(['base', 'above']);
    expect(found.tables[0]?.options).toMatchObject({
      'on_update:at': 'current_timestamp(3)',
      'invisible:hidden': true,
    });
  });

  test('an expression is read exactly, whatever its characters', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const text = `it's "é€\\`;
    const isNot = (name: string): Expression => ({
      parts: [...about(name, ' <> ').parts, { kind: 'literal', value: text }],
    });

    await on.make(
      create(tableOf('t', [column('a', short)], { checks: [{ name: 'not_that', expression: isNot('a') }] })),
    );
    const found = await on.inspect();
    await on.make([{ kind: 'drop-table', table: { name: 't' } }, ...createCatalog(found)], found);

    await expect(on.rows('insert into t values (1, ?)', [text])).rejects.toThrow(/not_that/);
    expect(await on.inspect()).toEqual(found);
  });

  test('now is the moment in UTC, whatever the session says', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const type = { kind: 'timestamptz', precision: 3 } as const;
    await on.make(create(tableOf('t', [column('at', type, { default: { kind: 'now' } })])));

    await on.connection.script("set time_zone = '+05:00'");
    await on.rows('insert into t (id) values (1)');

    expect(await on.rows('select id from t where abs(timestampdiff(second, at, utc_timestamp())) < 60')).toEqual([[1]]);
  });

  test('what the server lacks is refused before anything runs', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const text = column('t', { kind: 'text' });
    const index = { name: 'i', keys: [{ column: 'n' }], unique: false } as const;
    const withIndex = (more: object): Table => tableOf('t', [column('n', whole)], { indexes: [{ ...index, ...more }] });
    const tables: readonly Table[] = [
      tableOf('t', [text], { uniques: [{ name: 'u', columns: ['t'] }] }),
      tableOf('t', [text], { primaryKey: { columns: ['t'] } }),
      tableOf('t', [column('n', whole, { identity: { generation: 'always' } })]),
      tableOf('t', [column('n', { kind: 'array', of: whole })]),
      tableOf('t', [column('n', { kind: 'decimal' })]),
      tableOf('t', [column('n', short, { comment: '😀' })]),
      tableOf('x'.repeat(65), []),
      { ...tableOf('t', []), namespace: 'other' },
      withIndex({ where: about('n', ' > 1') }),
      withIndex({ include: ['id'] }),
      withIndex({ method: 'gin' }),
      withIndex({ keys: [{ column: 'n', nulls: 'last' }] }),
      withIndex({ unique: true, nullsNotDistinct: true }),
    ];

    for (const table of tables) {
      expect(() => on.dialect.definition.compile({ kind: 'create-table', table }, emptyCatalog)).toThrow(
        expect.objectContaining({ code: 'CAPABILITY_MISSING' }),
      );
    }
  });
});

describeServers(['mysql', 'mariadb'], 'queries of the MySQL family', (server) => {
  test('a list of values is one parameter, and each is looked up in the index', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await on.make(create(people));
    await fill(on, 2_000);
    const { queries } = on.dialect;
    const sql = `select id from person where ${queries.inList('`email`', short, '?')} order by id`;

    const parameter = queries.listParameter(['p7@x', 'P8@x', 'p1999@x'], short);

    expect(await on.rows(sql, [parameter])).toEqual([[7], [1999]]);
    expect(JSON.stringify(await on.rows(`explain ${sql}`, [parameter]))).toContain('living');
  });

  test('a list of numbers beyond 2^53 is exact, for a type of the server too', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await on.connection.script(
      'create table t (n bigint unsigned primary key); insert into t values (18446744073709551614), (18446744073709551615)',
    );
    const type = { kind: 'native', type: 'bigint unsigned' } as const;

    const parameter = on.dialect.queries.listParameter(['18446744073709551615'], type);

    expect(await on.rows(`select n from t where ${on.dialect.queries.inList('n', type, '?')}`, [parameter])).toEqual([
      ['18446744073709551615'],
    ]);
  });

  test('many rows are one statement, and nothing is cut to fit', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await on.make(create(tableOf('t', [column('a', { kind: 'varchar', length: 3 }), column('b', { kind: 'bytes' })])));
    const columns = [
      { name: '`id`', type: whole },
      { name: '`a`', type: { kind: 'varchar', length: 3 } },
      { name: '`b`', type: { kind: 'bytes' } },
    ] as const;
    const insert = async (rows: readonly (readonly unknown[])[]): Promise<unknown> => {
      const { sql, values } = on.dialect.queries.bulkInsert({ table: '`t`', columns, rows });
      return await on.rows(sql, values);
    };

    await insert([
      [1, 'é😀x', Buffer.from([0, 255])],
      [2, '', Buffer.alloc(0)],
    ]);

    expect(await on.rows('select a, hex(b) from t order by id')).toEqual([
      ['é😀x', '00FF'],
      ['', ''],
    ]);
    await expect(insert([[3, 'long', Buffer.alloc(0)]])).rejects.toThrow(/too long/);
  });

  test('an upsert writes the row of its key and leaves a row of another key alone', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const uniques = [{ name: 'u', columns: ['b'] }];
    await on.make(create(tableOf('t', [column('a', short), column('b', short), column('n', whole)], { uniques })));
    const tail = on.dialect.queries.upsert({
      key: [{ column: '`id`' }],
      update: ['`a`'],
      assign: [{ column: '`n`', sql: '`n` + 1' }],
    });
    const write = async (...values: readonly unknown[]): Promise<number> =>
      (await on.connection.run({ sql: `insert into t values (?, ?, ?, 0)${tail}` }, values)).changes;

    const changes = [await write(1, 'x', 'one'), await write(1, 'y', 'one'), await write(2, 'z', 'one')];

    expect(changes).toEqual([1, 2, 0]);
    expect(await on.rows('select * from t')).toEqual([[1, 'y', 'one', 1]]);
  });

  test('a violated key is named, and the value is nowhere in the error', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await on.make(create(people));
    await on.rows("insert into person values (1, 'secret', null, 1)");

    const error = await on.rows("insert into person values (2, 'secret', null, 1)").then(
      () => undefined,
      (thrown: unknown) => on.dialect.errors.translate(thrown, { during: 'statement' }),
    );

    expect(error).toMatchObject({ code: 'UNIQUE_VIOLATION', details: { constraint: 'living' } });
    expect(`${String(error)} ${String(error?.cause)} ${JSON.stringify(error)}`).not.toContain('secret');
  });

  test('a transaction is bounded in time, and the session is not afterwards', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const mode = { statementTimeoutMs: 150, readOnly: true, isolation: 'serializable' } as const;
    const slow = `select count(*) from information_schema.columns a, information_schema.columns b, information_schema.columns c`;

    for (const sql of on.dialect.sessions.begin(mode)) await on.connection.script(sql);
    const error = await on.rows(slow).then(
      () => undefined,
      (thrown: unknown) => on.dialect.errors.translate(thrown, { during: 'statement' }),
    );
    await on.connection.script('rollback');
    for (const sql of on.dialect.sessions.afterEnd(mode)) await on.connection.script(sql);

    expect(error?.code).toBe('STATEMENT_TIMEOUT');
    expect(String(await on.rows('select sleep(0.4)'))).toBe('0');
  });

  test('one session holds a lock by name', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await using other = await open(database);
    const { locks } = on.dialect;

    const taken = [
      await locks?.tryAcquire(on.connection, 'Ledger of ü'),
      await locks?.tryAcquire(on.connection, 'Ledger of ü'),
      await locks?.tryAcquire(other.connection, 'Ledger of ü'),
    ];
    await locks?.release(on.connection, 'Ledger of ü');

    expect(taken).toEqual([true, false, false]);
    expect(await locks?.tryAcquire(other.connection, 'Ledger of ü')).toBe(true);
    await locks?.release(other.connection, 'Ledger of ü');
  });
});

test('a cluster has no locks by name', () => {
  const galera = { version: '10.11.19-MariaDB', settings: { wsrep_on: 'ON' } };
  const group = { version: '9.7.0', settings: { group_replication: 'ON' } };

  expect([createMariadbDialect(galera).locks, createMysqlDialect(group).locks]).toEqual([undefined, undefined]);
});

async function fill(on: OpenServer, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, place) => [place, `p${place}@x`, 1]);
  const columns = ['`id`', '`email`', '`rank`'].map((name) => ({ name, type: name === '`email`' ? short : whole }));
  const { sql, values } = on.dialect.queries.bulkInsert({ table: '`person`', columns, rows });
  await on.connection.run({ sql }, values);
  await on.rows('analyze table person');
}
