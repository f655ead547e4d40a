import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import type { Codec } from '../../../src/dialect/codec.ts';
import type { TemporaryDatabase } from '../../../src/testing/database/temporary-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { make, makeChanges, openConnection, type OpenConnection } from './open-connection.ts';
import { moodValues, typeCases, type TypeCase } from './type-cases.ts';

describeEachServer('a value of type', (server) => {
  let database: TemporaryDatabase;
  let open: OpenConnection;

  beforeAll(async () => {
    database = await server.database();
    open = await openConnection(database.url);
  });
  afterAll(async () => {
    await open[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  describe.each(typeCases.map((entry, index) => ({ ...entry, table: `value_${index}` })))('$name', (entry) => {
    let codec: Codec;
    const compare = comparison(entry);
    /** An engine without the type must say so when a table is compiled, before any statement runs. */
    const isRefused = (): boolean => {
      if (open.dialect.types.unsupported(entry.type) === undefined) return false;
      const catalog = catalogOf(entry);
      const compileAll = (): unknown =>
        catalog.tables.map((table) => open.dialect.definition.compile({ kind: 'create-table', table }, catalog));
      expect(compileAll).toThrow(expect.objectContaining({ code: 'CAPABILITY_MISSING' }));
      return true;
    };

    beforeAll(async () => {
      if (open.dialect.types.unsupported(entry.type) !== undefined) return;
      if (entry.type.kind === 'vector') await prepareVectors(open);
      const catalog = catalogOf(entry);
      await make(open, open.dialect.traits.namedEnums ? await withoutKnownEnum(open, catalog) : catalog);
      codec = open.dialect.types.codec(entry.type, catalog);
    });

    test('comes back equal, written one at a time or in bulk', async () => {
      if (isRefused()) return;
      const encoded = entry.values.map((value) => codec.encode(value));

      await insertEach(open, entry.table, encoded);
      await insertBulk(open, entry, encoded);

      const cells = await readCells(open, entry);
      expect(cells.map((cell) => codec.decode(cell))).toEqual([...entry.values, ...entry.values]);
    });

    test('comes back in one spelling', async () => {
      if (isRefused()) return;
      const respelled = entry.respelled ?? [];
      await open.connection.run({ sql: `delete from ${quoted(open, entry.table)}` }, []);

      await insertEach(
        open,
        entry.table,
        respelled.map(([written]) => codec.encode(written)),
      );

      const cells = await readCells(open, entry);
      expect(cells.map((cell) => codec.decode(cell))).toEqual(respelled.map(([, expected]) => expected));
    });

    test('is refused when it cannot be held', () => {
      if (isRefused()) return;

      for (const value of entry.refused) {
        expect(() => codec.encode(value), String(typeof value)).toThrow(
          expect.objectContaining({ code: 'VALUE_INVALID' }),
        );
      }
    });

    if (isCompared(entry))
      test('is found by equality and in a list', async () => {
        if (isRefused()) return;
        const { queries, text } = open.dialect;
        await open.connection.run({ sql: `delete from ${quoted(open, entry.table)}` }, []);
        const encoded = entry.values.map((value) => codec.encode(value));
        await insertEach(open, entry.table, encoded);
        const column = text.name('value');
        const where = (condition: string): string =>
          `select count(*) from ${quoted(open, entry.table)} where ${condition}`;
        const key = queries.comparable(column, entry.type);

        const list = await open.connection.run(
          { sql: where(queries.inList(column, entry.type, text.placeholder(1))) },
          [queries.listParameter(encoded, entry.type)],
        );
        const found: number[] = [];
        for (const value of encoded) {
          const parameter = queries.parameter(text.placeholder(1), entry.type);
          const { rows } = await open.connection.run({ sql: where(`${key} = ${parameter}`) }, [value]);
          found.push(Number(rows[0]?.[0]));
        }

        expect(Number(list.rows[0]?.[0])).toBe(encoded.length);
        expect(found).toEqual(encoded.map(() => 1));
      });

    if (compare !== undefined)
      test('sorts like the value', async () => {
        if (isRefused()) return;
        const { queries, text } = open.dialect;
        const key = queries.comparable(text.name('value'), entry.type);
        await open.connection.run({ sql: `delete from ${quoted(open, entry.table)}` }, []);
        await insertEach(
          open,
          entry.table,
          entry.values.map((value) => codec.encode(value)),
        );

        const { rows } = await open.connection.run(
          {
            sql: `select ${text.name('value')} from ${quoted(open, entry.table)} order by ${queries.orderTerm(key, 'asc', true)}`,
            bigintRows: entry.type.kind === 'bigint',
          },
          [],
        );

        expect(rows.map(([cell]) => codec.decode(cell))).toEqual(entry.values.toSorted(compare));
      });

    test('may be null', async () => {
      if (isRefused()) return;
      await open.connection.run({ sql: `delete from ${quoted(open, entry.table)}` }, []);

      await insertEach(open, entry.table, [null]);
      await insertBulk(open, entry, [null, null]);

      expect(await readCells(open, entry)).toEqual([null, null, null]);
    });
  });
});

function catalogOf(entry: TypeCase & { readonly table: string }): Catalog {
  return {
    ...emptyCatalog,
    enums: [{ name: 'mood', values: moodValues }],
    tables: [
      {
        name: entry.table,
        columns: [
          { name: 'id', type: { kind: 'integer' }, nullable: false, identity: { generation: 'by-default' } },
          { name: 'value', type: entry.type, nullable: true },
        ],
        primaryKey: { columns: ['id'] },
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    ],
  };
}

async function withoutKnownEnum({ connection, dialect }: OpenConnection, catalog: Catalog): Promise<Catalog> {
  const known = await dialect.inspector.holds(connection, {
    question: 'exists',
    object: { kind: 'enum', name: 'mood' },
  });
  return known ? { ...catalog, enums: [] } : catalog;
}

/** Where vectors come with an extension, a database must ask for it. */
async function prepareVectors(open: OpenConnection): Promise<void> {
  const up = { postgresql: 'create extension if not exists vector', any: 'select 1' };
  await makeChanges(open, [{ kind: 'raw-sql', up }]);
}

function quoted({ dialect }: OpenConnection, name: string): string {
  return dialect.text.name(name);
}

async function insertEach(open: OpenConnection, table: string, encoded: readonly unknown[]): Promise<void> {
  const { text } = open.dialect;
  const sql = `insert into ${text.name(table)} (${text.name('value')}) values (${text.placeholder(1)})`;
  for (const value of encoded) await open.connection.run({ sql }, [value]);
}

async function insertBulk(
  open: OpenConnection,
  entry: TypeCase & { table: string },
  encoded: readonly unknown[],
): Promise<void> {
  const { queries, text } = open.dialect;
  const { sql, values } = queries.bulkInsert({
    table: text.name(entry.table),
    columns: [{ name: text.name('value'), type: entry.type }],
    rows: encoded.map((value) => [value]),
  });
  await open.connection.run({ sql }, values);
}

async function readCells(open: OpenConnection, entry: TypeCase & { table: string }): Promise<readonly unknown[]> {
  const { text } = open.dialect;
  const sql = `select ${text.name('value')} from ${text.name(entry.table)} order by ${text.name('id')}`;
  const { rows } = await open.connection.run({ sql, bigintRows: entry.type.kind === 'bigint' }, []);
  return rows.map(([cell]) => cell);
}

/** Equality of documents, lists, spans and rounded numbers is the engine's own. */
function isCompared({ type }: TypeCase): boolean {
  return !['json', 'array', 'vector', 'real', 'interval'].includes(type.kind);
}

/** How values of a type with an order of its own compare; text sorts by collation, which is not asked here. */
function comparison({ type }: TypeCase): ((a: unknown, b: unknown) => number) | undefined {
  const order = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'uuid':
      return order;
    case 'decimal':
      return (a, b) => order(scaled(a as string), scaled(b as string));
    case 'real':
    case 'boolean':
    case 'text':
    case 'varchar':
    case 'char':
    case 'bytes':
    case 'interval':
    case 'json':
    case 'enum':
    case 'array':
    case 'vector':
    case 'native':
      return undefined;
  }
}

/** A decimal as a whole number of its thirtieth digit after the point. */
function scaled(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(30, '0'));
}
