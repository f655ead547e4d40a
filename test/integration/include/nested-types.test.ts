import { beforeAll, describe, expect, test } from 'vitest';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { ColumnBuilder } from '../../../src/schema/column/column-builder.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { moodValues, typeCases } from '../dialects/type-cases.ts';

const holders = table('holder', { id: integer().primaryKey() });
const cases = typeCases.map(({ name, type, values }, index) => {
  const random = type.kind === 'double' ? randomDoubles(500) : [];
  return { name, type, values: [...values, ...random, null], library: libraryOf(type, index) };
});

describeEachServer('a value inside related rows', (server) => {
  let database: ServiceDatabase;

  beforeAll(async () => {
    database = await openSchema(server, { holders });
    await database.repository(holders).insert({ id: 1 });
    const supported = cases.filter(({ type }) => database.dialect.types.unsupported(type) === undefined);
    expect(supported.length).toBeGreaterThan(20);
    if (supported.some(({ type }) => type.kind === 'vector') && database.dialect.traits.namespaces) {
      await database.execute(sql`create extension if not exists vector`);
    }
    await createSchema(database, Object.fromEntries(supported.map(({ library, name }) => [name, library.plain])));
    return async () => await database.close();
  });

  describe.each(cases)('$name', ({ type, values, library: { plain, cells, around } }) => {
    test('is the same at every depth', async () => {
      if (database.dialect.types.unsupported(type) !== undefined) {
        expect(() => database.repository(cells)).toThrow(expect.objectContaining({ code: 'CAPABILITY_MISSING' }));
        return;
      }
      await database.repository(plain).insertMany(values.map((value, id) => ({ id, holderId: 1, value })));

      const top = await database.repository(cells).list({ order: ['id'] });
      const holder = await database.repository(around).get(1, { include: { cells: { order: ['id'] } } });
      const below = await database.repository(cells).list({
        order: ['id'],
        limit: 1,
        include: { holder: { include: { cells: { order: ['id'], limit: 10_000 } } } },
      });
      const single = await database.repository(around).get(1, {
        include: { cells: { order: ['id'], include: { twin: { include: { twin: true } } } } },
      });

      expect(top.map(({ value }) => value)).toEqual(values);
      expect(holder.cells).toEqual(top);
      expect(below[0]?.holder?.cells).toEqual(top);
      expect(single.cells.map(({ twin }) => twin?.twin)).toEqual(top);
    });
  });
});

function libraryOf(type: ColumnType, index: number) {
  const value = new ColumnBuilder<unknown, 'optional'>({ type, enumValues: moodValues, nullable: true });
  const plain = table(`cell_${index}`, { id: integer().primaryKey(), holderId: integer(), value });
  const related = relations({ holders, cells: plain }, (r) => ({
    holders: { cells: r.many.cells({ from: 'id', to: 'holderId' }) },
    cells: {
      holder: r.one.holders({ from: 'holderId', to: 'id', optional: true }),
      twin: r.one.cells({ from: 'id', to: 'id', optional: true }),
    },
  }));
  return { plain, cells: related.cells, around: related.holders };
}

/** Any finite doubles, made from random bits; the same ones in every run. */
function randomDoubles(count: number): readonly number[] {
  const bits = new BigUint64Array(1);
  const values: number[] = [];
  for (let seed = 1n; values.length < count;) {
    seed = (seed * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    bits[0] = seed ^ (seed >> 29n);
    const value = new Float64Array(bits.buffer)[0] ?? 0;
    // Smaller ones lose digits in some engines' own text, inside JSON or not.
    if (Number.isFinite(value) && Math.abs(value) >= 2 ** -1022) values.push(value);
  }
  return values;
}
