import { expect, test } from 'vitest';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { diffCatalogs } from '../../../src/catalog/diff/diff-catalogs.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { upgrade, downgrade } from '../../../src/migration/run/upgrade.ts';
import { bigint, boolean, decimal, enumType, integer, text } from '../../../src/schema/column/types.ts';
import { declaredRenames } from '../../../src/schema/declared-renames.ts';
import { catalogOf, type SchemaModule } from '../../../src/schema/schema.ts';
import { check, index, unique } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { view } from '../../../src/schema/view.ts';
import { id, sql } from '../../../src/sql/sql.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { revision } from '../migration/history.ts';
import { openBench } from '../migration/open-bench.ts';

const mood = enumType('mood', ['sad', 'ok']);
const person = table(
  'person',
  {
    id: integer().primaryKey(),
    nick: text({ max: 20 }).unique(),
    age: integer().null(),
    mood: mood().default('ok'),
    gone: boolean().default(false),
  },
  (t) => [index(t.age), check('grown', sql`${t.age} > 0`)],
);
const pet = table('pet', {
  id: integer().primaryKey(),
  ownerId: integer().references(() => person.id),
  price: decimal({ precision: 6, scale: 2 }).null(),
});
const list = view('person_list', { nick: text({ max: 20 }) }, sql`select nick from ${id('person')} where age > 1`);
const before: SchemaModule = { mood, person, pet, list };

const feeling = enumType('mood', ['low', 'ok', 'glad'], { renamedValues: { sad: 'low' } });
const human = table(
  'human',
  {
    id: integer().primaryKey(),
    alias: text({ max: 40 }).unique().renamedFrom('nick'),
    age: bigint().default(1n),
    mood: feeling().default('glad'),
    city: text({ max: 9 }).null(),
  },
  (t) => [index(t.age.desc()), check('grown', sql`${t.age} > 1`), unique([t.alias, t.age], { name: 'once' })],
  { renamedFrom: 'person' },
);
const animal = table('pet', {
  id: integer().primaryKey(),
  ownerId: integer()
    .null()
    .references(() => human.id, { onDelete: 'cascade' }),
  price: decimal({ precision: 8, scale: 2 }).null(),
});
const names = view('person_list', { alias: text({ max: 40 }) }, sql`select alias from ${id('human')} where age > 2`);
const after: SchemaModule = { feeling, human, animal, names };

const [start, target] = [catalogOf(before), catalogOf(after)];
const changes = diffCatalogs(start, target, {
  renames: declaredRenames(after),
  drops: ['person.gone', 'human.gone'],
});
const first = revision('r1', [], createCatalog(start));
const second = revision('r2', ['r1'], changes);

/** A catalog without the order of columns, which stays as it grew. */
function unordered(catalog: Catalog): unknown {
  const byName = <T extends { readonly name: string }>(members: readonly T[]): readonly T[] =>
    members.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ...catalog,
    tables: catalog.tables.map((one) => ({
      ...one,
      columns: byName(one.columns),
      uniques: byName(one.uniques),
      indexes: byName(one.indexes),
    })),
  };
}

describeServers(['postgresql', 'sqlite'], 'a database that follows its schema', (server) => {
  test('is the one that the schema makes anew, and keeps its rows, there and back', async () => {
    await using grown = await server.database();
    await using fresh = await server.database();
    await using bench = await openBench(grown.url, [first, second]);
    await using direct = await openBench(fresh.url, [revision('d', [], createCatalog(target))]);
    await upgrade(bench.with([first]));
    const original = await bench.inspect();
    await bench.database.execute(sql`insert into ${id('person')} (id, nick, age, mood) values (1, 'ann', 30, 'sad')`);
    await bench.database.execute(sql`insert into ${id('pet')} (id, owner_id, price) values (5, 1, 9.5)`);

    await upgrade(bench.context);
    await upgrade(direct.context);

    expect(unordered(await bench.inspect())).toEqual(unordered(await direct.inspect()));
    expect(await bench.database.query(sql`select alias, mood from ${id('human')}`)).toEqual([
      { alias: 'ann', mood: 'low' },
    ]);
    await downgrade(bench.context);
    expect(unordered(await bench.inspect())).toEqual(unordered(original));
    const rows = sql`select p.nick, p.mood from ${id('person')} p join ${id('pet')} a on a.owner_id = p.id`;
    expect(await bench.database.query(rows)).toEqual([{ nick: 'ann', mood: 'sad' }]);
  });
});
