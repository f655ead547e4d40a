import { expect, test } from 'vitest';
import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { diffCatalogs } from '../../../src/catalog/diff/diff-catalogs.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { foldRevisions } from '../../../src/migration/plan/revision-plan.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openBench, outline } from '../migration/open-bench.ts';
import { before, first, history, person, phasesOf, renames, table } from './people.ts';

/** Something of each kind that old and new code do not agree about. */
const everything: readonly Change[] = [
  ...renames,
  { kind: 'drop-column', table, column: 'code' },
  { kind: 'add-column', table, column: { name: 'city', type: { kind: 'varchar', length: 40 }, nullable: false } },
  {
    kind: 'alter-column',
    table,
    column: { name: 'temper', type: { kind: 'varchar', length: 20 }, nullable: false },
  },
];

const kindsOf = (changes: readonly Change[]): readonly string[] => changes.map(({ kind }) => kind);

test('both phases together make what the changes make', () => {
  const { expand, contract } = phasesOf(everything);

  const made = applyChanges([...expand, ...contract], before);
  expect(diffCatalogs(made, applyChanges(everything, before))).toEqual([]);
});

test('what takes something away from old code waits', () => {
  const { expand, contract } = phasesOf([
    { kind: 'park-column', table, column: 'code' },
    { kind: 'drop-index', table, name: 'person_mood_idx' },
  ]);

  expect(kindsOf(expand)).toEqual(['alter-column', 'drop-index']);
  expect(kindsOf(contract)).toEqual(['park-column']);
});

test('nothing waits where old code notices nothing', () => {
  const { contract } = phasesOf([
    { kind: 'add-column', table, column: { name: 'city', type: { kind: 'text' }, nullable: true } },
    { kind: 'create-index', table, index: { name: 'person_city_idx', keys: [{ column: 'city' }], unique: false } },
  ]);

  expect(contract).toEqual([]);
});

test('a type with less room and a rule that is stricter wait, a looser one does not', () => {
  const column = (name: string, change: object): Change => ({
    kind: 'alter-column',
    table,
    column: { ...person.columns.find((one) => one.name === name)!, ...change },
  });

  const { expand, contract } = phasesOf([
    column('name', { type: { kind: 'varchar', length: 10 } }),
    column('mood', { nullable: false }),
    column('code', { nullable: true, type: { kind: 'bigint' } }),
  ]);

  expect(expand).toMatchObject([
    { column: { name: 'mood', nullable: true } },
    { column: { name: 'code', nullable: true } },
  ]);
  expect(contract).toMatchObject([{ column: { name: 'name' } }, { column: { name: 'mood', nullable: false } }]);
});

test('the key of a table cannot have two names', () => {
  expect(() => phasesOf([{ kind: 'rename-column', table, column: 'id', to: 'number' }])).toThrow(
    'person.id is part of the primary key, so it cannot become number while old code runs',
  );
});

/** A column that went and came back stands last. */
function sortColumns(catalog: Catalog): Catalog {
  return {
    ...catalog,
    tables: catalog.tables.map((one) => ({
      ...one,
      columns: one.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    })),
  };
}

describeEachServer('a revision in two phases', (server) => {
  test('ends where the one revision would have ended, and every row keeps its values', async () => {
    await using temporary = await server.database();
    const revisions = history(renames);
    await using bench = await openBench(temporary.url, revisions);
    const { database } = bench;
    await upgrade(bench.context, '+1');
    await database.execute(sql`insert into person (id, name, code) values (1, 'Ada', 1)`);

    const { waiting } = await upgrade(bench.with(revisions, { phase: 'expand' }));
    await database.execute(sql`insert into person (id, name, mood, code) values (2, 'Bob', 'glad', 1)`);
    await database.execute(sql`insert into person (id, full_name, temper, code) values (3, 'Eve', 'wild', 1)`);
    await upgrade(bench.context);

    expect(waiting?.map(({ id }) => id)).toEqual(['contract']);
    const rows = await database.query(sql`select full_name, temper from person order by id`);
    expect(rows).toEqual([
      { full_name: 'Ada', temper: 'calm' },
      { full_name: 'Bob', temper: 'glad' },
      { full_name: 'Eve', temper: 'wild' },
    ]);
    const { tables } = foldRevisions(revisions);
    expect(tables[0]?.indexes.map(({ name }) => name)).toEqual(['person_mood_idx']);
  });

  test('goes back to the old columns with what new code wrote meanwhile', async () => {
    await using temporary = await server.database();
    const revisions = history(renames);
    await using bench = await openBench(temporary.url, revisions);
    const { database } = bench;
    await upgrade(bench.context);
    await database.execute(sql`insert into person (id, full_name, temper, code) values (3, 'Eve', 'wild', 1)`);

    await downgrade(bench.context, first.id);

    expect(await database.query(sql`select name, mood from person`)).toEqual([{ name: 'Eve', mood: 'wild' }]);
    expect(outline(sortColumns(await bench.inspect()), bench.dialect)).toEqual(
      outline(sortColumns(before), bench.dialect),
    );
  });
});
