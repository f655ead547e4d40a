import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyCatalog, findTable, type Catalog } from '../../../src/catalog/model/catalog.ts';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import { engines } from '../../../src/engines.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { make, makeChanges, openConnection, type OpenConnection } from './open-connection.ts';

const chinook = new URL('../../../../shared/data/chinook/sqlite.sql', import.meta.url);
const sakila = new URL('../../../../shared/data/sakila/sqlite-schema.sql', import.meta.url);

interface OpenDatabase extends OpenConnection {
  readonly url: string;
}

async function open(server: TestServer): Promise<OpenDatabase> {
  const database = await server.database();
  const opened = await openConnection(database.url);
  return {
    ...opened,
    url: database.url,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

async function cells({ connection }: OpenDatabase, sql: string, values: readonly unknown[] = []): Promise<unknown> {
  return (await connection.run({ sql }, values)).rows.map((row) => row[0]);
}

function tableOf(name: string, types: Readonly<Record<string, ColumnType>>, more: Partial<Table> = {}): Table {
  const columns = Object.entries(types).map(([column, type]) => ({ name: column, type, nullable: true }));
  return { name, columns, uniques: [], foreignKeys: [], checks: [], indexes: [], ...more };
}

async function expectSameAgain(server: TestServer, first: OpenDatabase): Promise<Catalog> {
  await using second = await open(server);
  const seen = await first.dialect.inspector.inspect(first.connection);
  await make(second, seen);
  expect(await second.dialect.inspector.inspect(second.connection)).toEqual(seen);
  return seen;
}

describeServers(['sqlite'], 'databases that others made', (server) => {
  test('sakila is made again with its views and triggers', async () => {
    await using database = await open(server);
    await database.connection.script(await readFile(sakila, 'utf8'));

    const seen = await expectSameAgain(server, database);

    expect(seen.tables).toHaveLength(16);
    expect(seen.views).toHaveLength(5);
    expect(seen.raw.filter(({ type }) => type === 'trigger')).toHaveLength(30);
  });

  test('every value of chinook is read, none is changed', async () => {
    await using database = await open(server);
    const { connection, dialect } = database;
    await connection.script(await readFile(chinook, 'utf8'));

    const seen = await expectSameAgain(server, database);

    for (const { name, columns } of seen.tables) {
      const list = columns.map((column) => dialect.text.name(column.name)).join(', ');
      const { rows } = await connection.run({ sql: `select ${list} from ${dialect.text.name(name)}` }, []);
      for (const [at, column] of columns.entries()) {
        const codec = dialect.types.codec(column.type, seen);
        for (const row of rows) if (row[at] !== null) expect(codec.encode(codec.decode(row[at]))).toBe(row[at]);
      }
    }
    const invoice = findTable(seen, { name: 'Invoice' });
    expect(invoice?.columns.map(({ type }) => type.kind)).toContain('decimal');
    expect(invoice?.columns.map(({ type }) => type.kind)).toContain('timestamp');
  });

  test('what no pragma says is read from the text of the definition', async () => {
    await using database = await open(server);
    await database.connection.script(`
      create table "a""b" (ID INTEGER PRIMARY KEY, [x y] 'weird type' default -5, b int unique on conflict replace,
        c default (1+2), d default x'ff', e boolean default true, f text default 'it''s' not null on conflict ignore,
        j text default abc collate nocase, /* a comment, with ) */ k text check (length(k) > 1 -- and a remark
        ), constraint named check(k <> ')') check (1), unique (j collate nocase, f),
        foreign key (b) references Other on delete cascade deferrable initially deferred);
      create table other (a references "A""B" (id) not null deferrable, p integer primary key desc,
        g int as (p + 1), h text generated always as (upper(p)) stored);
      create table wr (a text, b int, primary key (a desc, b)) without rowid;
      create unique index ix on other (p desc, lower(a) collate nocase, (g + 1)) where a is not null;
      create virtual table words using fts5(body);
      create view v(one, two) as select id as x, (select 1 as y) from "a""b";
      create view broken as select * from nowhere;
      create trigger instead instead of insert on v begin select 1; end;`);

    const seen = await expectSameAgain(server, database);

    const table = findTable(seen, { name: 'a"b' });
    expect(table?.checks.map(({ name }) => name)).toEqual(['a"b_check', 'a"b_k_check', 'named']);
    expect(table?.checks[1]?.expression).toEqual(textExpression('length(k) > 1'));
    expect(table?.foreignKeys).toMatchObject([
      {
        name: 'a"b_b_fkey',
        references: { name: 'other', columns: ['p'] },
        onDelete: 'cascade',
        deferrable: 'deferred',
      },
    ]);
    expect(table?.options).toEqual({
      autoincrement: false,
      'conflict a"b_b_key': 'replace',
      'conflict not null f': 'ignore',
      'key a"b_j_f_key': '"j" collate "nocase", "f"',
      'unnamed a"b_check': true,
      'unnamed a"b_k_check': true,
    });
    expect(seen.views.map(({ name, columns }) => [name, columns.map((column) => column.name)])).toEqual([
      ['v', ['one', 'two']],
    ]);
    expect(seen.raw.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'view broken',
      'trigger instead',
      'virtual table words',
    ]);
  });

  test('a table is left out with all that belongs to it', async () => {
    await using database = await open(server);
    const { connection, dialect } = database;
    await connection.script(`create table ledger (a int); create index ledger_a on ledger (a); create table kept (a int);
      create trigger ledger_stays before delete on ledger begin select raise(abort, 'no'); end;`);

    const seen = await dialect.inspector.inspect(connection, { exclude: ['ledger'] });

    expect({ ...seen, tables: seen.tables.map(({ name }) => name) }).toEqual({ ...emptyCatalog, tables: ['kept'] });
    for (const [kind, name] of [
      ['table', 'ledger'],
      ['index', 'ledger_a'],
      ['view', 'ledger'],
      ['table', 'none'],
    ] as const)
      expect(await dialect.inspector.holds(connection, { question: 'exists', object: { kind, name } })).toBe(
        kind !== 'view' && name !== 'none',
      );
    const column = { kind: 'column', table: 'kept', name: 'b' } as const;
    expect(await dialect.inspector.holds(connection, { question: 'missing', object: column })).toBe(true);
    const trigger = { kind: 'raw', type: 'trigger', name: 'ledger_stays' } as const;
    expect(await dialect.inspector.holds(connection, { question: 'exists', object: trigger })).toBe(true);
  });

  test('a value that its declared type does not cover fails instead of changing', async () => {
    await using database = await open(server);
    const { connection, dialect } = database;
    await connection.script(`create table t (i integer, d datetime, n decimal(20, 4), b boolean, j json, u uuid);
      insert into t values (4294967296, '2009-01-01 00:00:00.5', 1234567.12345678901, 'yes', '12', x'00')`);
    const catalog = await dialect.inspector.inspect(connection);
    const { rows } = await connection.run({ sql: 'select * from t' }, []);

    const read = (column: number): unknown => {
      const type = catalog.tables[0]?.columns[column]?.type ?? { kind: 'text' };
      return dialect.types.codec(type, catalog).decode(rows[0]?.[column]);
    };

    expect(read(0)).toBe(4_294_967_296);
    expect(read(4)).toBe(12);
    for (const column of [1, 2, 3, 5])
      expect(() => read(column)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });
});

describeServers(['sqlite'], 'tables of ours', (server) => {
  const numbered: Table = {
    ...tableOf('events', { at: { kind: 'timestamptz', precision: 3 } }),
    columns: [
      { name: 'id', type: { kind: 'bigint' }, nullable: false, identity: { generation: 'by-default' } },
      { name: 'at', type: { kind: 'timestamptz', precision: 3 }, nullable: false, default: { kind: 'now' } },
    ],
    primaryKey: { name: 'events_pkey', columns: ['id'] },
  };

  test('a numbered key keeps its type and never gives a number twice', async () => {
    await using database = await open(server);
    await make(database, { ...emptyCatalog, tables: [numbered] });

    await cells(database, 'insert into events default values');
    await cells(database, 'delete from events');
    const ids = await cells(database, 'insert into events default values returning id');

    expect(ids).toEqual([2]);
    const seen = await database.dialect.inspector.inspect(database.connection);
    expect(seen.tables).toEqual([numbered]);
  });

  test('now is stored as the type stores moments', async () => {
    await using database = await open(server);
    const types: Record<string, ColumnType> = { day: { kind: 'date' } };
    for (const precision of [0, 1, 2, 3, 4, 5, 6]) {
      types[`time_${precision}`] = { kind: 'time', precision };
      types[`wall_${precision}`] = { kind: 'timestamp', precision };
      types[`moment_${precision}`] = { kind: 'timestamptz', precision };
    }
    const { columns, ...rest } = tableOf('clocks', types);
    const table = { ...rest, columns: columns.map((column) => ({ ...column, default: { kind: 'now' } as const })) };
    const catalog = { ...emptyCatalog, tables: [table] };
    await make(database, catalog);

    const { connection, dialect } = database;
    const { rows } = await connection.run({ sql: 'insert into clocks default values returning *' }, []);

    for (const [at, { type }] of columns.entries()) {
      const codec = dialect.types.codec(type, catalog);
      expect(codec.encode(codec.decode(rows[0]?.[at]))).toBe(rows[0]?.[at]);
    }
    expect((await dialect.inspector.inspect(connection)).tables).toEqual([table]);
  });

  test('a key that is not numbered refuses a missing value', async () => {
    await using database = await open(server);
    const plain = tableOf('plain', { id: { kind: 'integer' } });
    const columns = plain.columns.map((column) => ({ ...column, nullable: false }));
    const table = { ...plain, columns, primaryKey: { columns: ['id'] } };
    await make(database, { ...emptyCatalog, tables: [table] });

    await expect(cells(database, 'insert into plain default values')).rejects.toThrow('NOT NULL');
    expect((await database.dialect.inspector.inspect(database.connection)).tables).toEqual([table]);
  });

  test('a strict table keeps every type', async () => {
    await using database = await open(server);
    const types: Readonly<Record<string, ColumnType>> = {
      a: { kind: 'uuid' },
      b: { kind: 'decimal', precision: 30, scale: 2 },
      c: { kind: 'decimal', precision: 9, scale: 2 },
      d: { kind: 'boolean' },
      e: { kind: 'timestamptz', precision: 6 },
      f: { kind: 'bigint' },
      g: { kind: 'bytes' },
    };
    const table = tableOf('strict', types, {
      options: { strict: true, withoutRowid: true },
      primaryKey: { columns: ['a'] },
    });
    const strict = { ...table, columns: table.columns.map((column) => ({ ...column, nullable: column.name !== 'a' })) };

    await make(database, { ...emptyCatalog, tables: [strict] });

    expect((await database.dialect.inspector.inspect(database.connection)).tables).toEqual([strict]);
  });

  test('an enum is a check that goes with its column', async () => {
    await using database = await open(server);
    const { connection, dialect } = database;
    const mood = { name: 'mood', values: ['ok', "it's"] };
    const table = tableOf('people', { name: { kind: 'text' } });
    const before = { ...emptyCatalog, enums: [mood], tables: [table] };
    await make(database, before);

    const column = { name: 'mood', type: { kind: 'enum', name: 'mood' } as const, nullable: true };
    const after = await makeChanges(database, [{ kind: 'add-column', table: { name: 'people' }, column }], before);

    await expect(cells(database, `insert into people (mood) values ('no')`)).rejects.toThrow('people_mood_enum');
    const seen = await dialect.inspector.inspect(connection);
    expect(seen.enums).toEqual([{ name: 'people_mood', values: mood.values }]);
    expect(seen.tables[0]?.columns[1]?.type).toEqual({ kind: 'enum', name: 'people_mood' });
    await makeChanges(database, [{ kind: 'drop-column', table: { name: 'people' }, column: 'mood' }], after);
    expect((await dialect.inspector.inspect(connection)).tables).toEqual([table]);
  });

  test('a check comes and goes on a table that stands', async () => {
    await using database = await open(server);
    const table = tableOf('t', { a: { kind: 'integer' } });
    const before = { ...emptyCatalog, tables: [table] };
    await make(database, before);
    const check = { name: 't_a_positive', expression: textExpression('"a" > 0') };

    const after = await makeChanges(database, [{ kind: 'add-check', table: { name: 't' }, check }], before);

    await expect(cells(database, 'insert into t values (0)')).rejects.toThrow('t_a_positive');
    const probe = { question: 'exists', object: { kind: 'constraint', table: 't', name: 't_a_positive' } } as const;
    expect(await database.dialect.inspector.holds(database.connection, probe)).toBe(true);
    await makeChanges(database, [{ kind: 'drop-check', table: { name: 't' }, name: 't_a_positive' }], after);
    expect(await database.dialect.inspector.holds(database.connection, probe)).toBe(false);
  });
});

describeServers(['sqlite'], 'queries', (server) => {
  test('a list of values uses the index and is exact', async () => {
    await using database = await open(server);
    const { queries } = database.dialect;
    await cells(database, 'create table t (n bigint, s text, b blob, d double)');
    for (const column of ['n', 's', 'b', 'd']) await cells(database, `create index t_${column} on t (${column})`);
    await cells(database, `insert into t values (9007199254740993, 'ä"\\', x'00ff', 1.7976931348623157e308)`);
    const lists: readonly (readonly [string, ColumnType, unknown, unknown])[] = [
      ['n', { kind: 'bigint' }, 9_007_199_254_740_993n, 9_007_199_254_740_992n],
      ['s', { kind: 'text' }, 'ä"\\', 'a'],
      ['b', { kind: 'bytes' }, new Uint8Array([0, 255]), new Uint8Array([0])],
      ['d', { kind: 'double' }, Number.MAX_VALUE, 1],
    ];

    for (const [column, type, there, absent] of lists) {
      const where = queries.inList(column, type, '?');
      const count = async (value: unknown): Promise<unknown> =>
        await cells(database, `select count(*) from t where ${where}`, [queries.listParameter([value], type)]);
      expect(await count(there)).toEqual([1]);
      expect(await count(absent)).toEqual([0]);
      const { rows } = await database.connection.run({ sql: `explain query plan select 1 from t where ${where}` }, [
        '[]',
      ]);
      expect(rows.map((row) => row[3]).join()).toContain(`INDEX t_${column} (${column}=?)`);
    }
  });

  test('patterns match by exact case or by no case at all', async () => {
    await using database = await open(server);
    const { queries } = database.dialect;
    await cells(database, 'create table t (s text)');
    await cells(database, `insert into t values ('Äb'), ('äb'), ('a*b'), ('a%b'), ('a?b'), ('a[b')`);
    const exact = async (pattern: string): Promise<unknown> =>
      await cells(database, `select s from t where ${queries.sensitiveLike('s', '?')} order by rowid`, [pattern]);
    const loose = async (pattern: string): Promise<unknown> =>
      await cells(database, `select s from t where ${queries.insensitiveLike('s', '?')} order by rowid`, [pattern]);

    expect(await exact('ä%')).toEqual(['äb']);
    expect(await loose('ä%')).toEqual(['Äb', 'äb']);
    expect(await exact('a*b')).toEqual(['a*b']);
    expect(await exact('a\\%b')).toEqual(['a%b']);
    expect(await exact('a?b')).toEqual(['a?b']);
    expect(await exact('a[b')).toEqual(['a[b']);
    expect(await exact('a_b')).toEqual(['a*b', 'a%b', 'a?b', 'a[b']);
    expect(await loose('A\\%B')).toEqual(['a%b']);
  });

  test('long decimals sort and compare as numbers', async () => {
    await using database = await open(server);
    const { queries } = database.dialect;
    const type: ColumnType = { kind: 'decimal', precision: 30, scale: 2 };
    await cells(database, 'create table t (d decimal_text(30,2))');
    await cells(
      database,
      `insert into t values ('10.00'), ('9.00'), ('-10.00'), ('-9.50'), ('1000000000000000000000.01')`,
    );
    const key = queries.comparable('d', type);

    const sorted = await cells(database, `select d from t order by ${queries.orderTerm(key, 'asc', true)}`);
    const small = await cells(
      database,
      `select d from t where ${key} < ${queries.parameter('?', type)} order by ${key}`,
      ['9.5'],
    );

    expect(sorted).toEqual(['-10.00', '-9.50', '9.00', '10.00', '1000000000000000000000.01']);
    expect(small).toEqual(['-10.00', '-9.50', '9.00']);
  });

  test('nulls sort last going up and first going down, from the index', async () => {
    await using database = await open(server);
    const { queries } = database.dialect;
    await cells(database, 'create table t (a int)');
    await cells(database, 'create index t_a on t (a)');
    await cells(database, 'insert into t values (2), (null), (1)');

    for (const [direction, expected] of [
      ['asc', [1, 2, null]],
      ['desc', [null, 2, 1]],
    ] as const) {
      const sql = `select a from t order by ${queries.orderTerm('a', direction, true)}`;
      expect(await cells(database, sql)).toEqual(expected);
      const { rows } = await database.connection.run({ sql: `explain query plan ${sql}` }, []);
      expect(rows.map((row) => row[3]).join()).not.toContain('TEMP B-TREE');
    }
  });

  test('many rows go in at once, and again as an upsert', async () => {
    await using database = await open(server);
    const { queries } = database.dialect;
    await cells(database, 'create table t (id int primary key, s text, b blob)');
    const columns = [
      { name: 'id', type: { kind: 'integer' } },
      { name: 's', type: { kind: 'text' } },
      { name: 'b', type: { kind: 'bytes' } },
    ] as const;
    const rows = Array.from({ length: 1000 }, (_, id) => [id, `row "${id}"`, new Uint8Array([id & 255])]);

    const { sql, values } = queries.bulkInsert({ table: 't', columns, rows });
    const tail = queries.upsert({ key: [{ column: 'id' }], update: ['s'], assign: [{ column: 'b', sql: `x'09'` }] });
    for (const text of [sql, sql + tail])
      expect((await database.connection.run({ sql: text }, values)).changes).toBe(1000);

    expect(await cells(database, `select count(*) from t where s = 'row "' || id || '"' and b = x'09'`)).toEqual([
      1000,
    ]);
  });
});

describeServers(['sqlite'], 'sessions and errors', (server) => {
  test('a read-only transaction writes nothing, and the next one may', async () => {
    await using database = await open(server);
    const { connection, dialect } = database;
    await connection.script('create table t (a int)');
    const readOnly = { readOnly: true };

    for (const sql of dialect.sessions.begin(readOnly)) await connection.script(sql);
    const refused = await connection.run({ sql: 'insert into t values (1)' }, []).catch((error: unknown) => error);
    await connection.script('rollback');
    for (const sql of dialect.sessions.afterEnd(readOnly)) await connection.script(sql);

    expect(dialect.errors.translate(refused, { during: 'statement' }).code).toBe('READ_ONLY');
    await connection.run({ sql: 'insert into t values (1)' }, []);
    expect(await cells(database, 'select a from t')).toEqual([1]);
  });

  const failures: readonly (readonly [sql: string, code: string, details: Readonly<Record<string, unknown>>])[] = [
    [`insert into t (id, email) values (2, 'secret')`, 'UNIQUE_VIOLATION', { table: 't', columns: ['email'] }],
    ['insert into t (id) values (1)', 'UNIQUE_VIOLATION', { table: 't', columns: ['id'] }],
    [`insert into t (id, a, b) values (3, 'secret', 2)`, 'UNIQUE_VIOLATION', { table: 't', columns: ['a', 'b'] }],
    [`insert into t (id, low) values (3, 'SECRET')`, 'UNIQUE_VIOLATION', { constraint: 't_low' }],
    ['insert into t (id, parent) values (3, 77)', 'FOREIGN_KEY_VIOLATION', {}],
    ['update t set must = null', 'NOT_NULL_VIOLATION', { table: 't', columns: ['must'] }],
    [`update t set a = 'secret secret'`, 'CHECK_VIOLATION', { constraint: 't_a_short' }],
    ['insert into t (id, a) values (4, 5), (5, 6)', 'CHECK_VIOLATION', {}],
    [`insert into strict values ('secret')`, 'VALUE_INVALID', { table: 'strict', columns: ['n'] }],
    ['select * from nowhere', 'OBJECT_MISSING', { kind: 'table', object: 'nowhere' }],
    ['select absent from t', 'OBJECT_MISSING', { kind: 'column', object: 'absent' }],
    ['create table t (a)', 'OBJECT_EXISTS', {}],
    [`select 'secret`, 'STATEMENT_FAILED', {}],
  ];

  test('an error names the object and never the value', async () => {
    await using database = await open(server);
    const { connection, dialect } = database;
    await connection.script(`create table t (id int primary key, email text unique, a text, b int, low text,
        must text not null default '', parent int references t (id), constraint t_a_short check (length(a) < 10), unique (a, b));
      create unique index t_low on t (lower(low));
      create table strict (n int) strict;
      create trigger no_four before insert on t when new.id = 4 begin select raise(abort, 'secret four'); end;
      insert into t (id, email, a, b, low) values (1, 'secret', 'secret', 2, 'secret')`);

    for (const [sql, code, details] of failures) {
      const error = await connection.run({ sql }, []).catch((thrown: unknown) => thrown);
      const translated = dialect.errors.translate(error, { during: 'statement' });
      expect(translated).toMatchObject({ code, details });
      expect(translated.cause).toBe(error);
      expect(JSON.stringify(translated)).not.toMatch(/secret/i);
    }
  });

  test('a file that is no database, or not there, or not to be written, is told apart', async () => {
    await using database = await open(server);
    const { connection, dialect, url } = database;
    const path = fileURLToPath(url.replace(/^[^/]*/, 'file:'));
    await connection.script('create table t (a int)');
    await writeFile(`${path}.txt`, 'this is a text file and not a database\n'.repeat(100));
    const choices = engines.find(({ name }) => name === 'sqlite')?.drivers ?? [];
    const driver = await choices.find(({ name }) => name === server.driver)?.load();
    const codeOf = async (file: string, parameters: Record<string, string> = {}): Promise<string> => {
      try {
        const target = { database: file, tls: { mode: 'disable' }, connectTimeoutMs: 5_000, parameters } as const;
        const opened = await driver?.connect(target);
        try {
          await opened?.run({ sql: 'insert into t values (1)' }, []);
        } finally {
          await opened?.close();
        }
        return 'no error';
      } catch (error) {
        return dialect.errors.translate(error, { during: 'connect', where: 'the file' }).code;
      }
    };

    expect(await codeOf(path)).toBe('no error');
    expect(await codeOf(path, { mode: 'ro' })).toBe('READ_ONLY');
    expect(await codeOf(`${path}.txt`)).toBe('DATABASE_CORRUPT');
    expect(await codeOf(`${path}/there/is/none`)).toBe('DATABASE_NOT_FOUND');
    expect(await codeOf(`${path}.none`, { mode: 'rw' })).toBe('DATABASE_NOT_FOUND');
  });

  test('a writer that waits in vain may be tried again', async () => {
    await using database = await open(server);
    const { connection, dialect } = database;
    await connection.script('pragma busy_timeout = 1; create table t (a int)');
    await using other = await openConnection(database.url);
    await other.connection.script('begin immediate');

    const [begin = ''] = dialect.sessions.begin({});
    const error = await connection.script(begin).catch((thrown: unknown) => thrown);

    const translated = dialect.errors.translate(error, { during: 'statement' });
    expect(translated).toMatchObject({ code: 'LOCK_TIMEOUT', retryable: true });
    expect(RowhouseError.has(translated, 'LOCK_TIMEOUT')).toBe(true);
  });
});
