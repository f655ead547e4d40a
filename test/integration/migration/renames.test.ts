import { expect, test } from 'vitest';
import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import type { ExpressionPart } from '../../../src/catalog/model/expression.ts';
import type { View } from '../../../src/catalog/model/view.ts';
import { makeCatalog } from '../../../src/database/make-catalog.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { readStructure } from '../../../src/ops/compare/read-structure.ts';
import { structureDifferences, type Difference } from '../../../src/ops/compare/structure-differences.ts';
import { integer, sql, table, text } from '../../../src/index.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

const people = table('person', { id: integer().primaryKey(), email: text({ max: 60 }), boss: integer().null() });
const person = { name: 'person' };

const mailbox: View = {
  name: 'mailbox',
  query: { parts: ['select ', name('id'), ', ', name('email'), ' from ', name('person')].map(part) },
  columns: [
    { name: 'id', type: { kind: 'integer' }, nullable: true },
    { name: 'email', type: { kind: 'varchar', length: 60 }, nullable: true },
  ],
  materialized: false,
};

const start: Catalog = { ...catalogOf({ people }), views: [mailbox] };

describeEachServer('what is renamed under a view', (server) => {
  test.each<readonly [string, readonly Change[]]>([
    ['a table', [{ kind: 'rename-table', table: person, to: 'human' }]],
    ['a column', [{ kind: 'rename-column', table: person, column: 'email', to: 'address' }]],
    [
      'both',
      [
        { kind: 'rename-column', table: person, column: 'email', to: 'address' },
        { kind: 'rename-table', table: person, to: 'human' },
      ],
    ],
  ])('%s: the view returns what it did, under the names it had, and nothing differs', async (_what, changes) => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [
      revision('r1', [], createCatalog(start)),
      revision('r2', ['r1'], changes),
    ]);
    await upgrade(bench.context, 'r1');
    await bench.database.execute(sql`insert into person (id, email) values (1, 'ann@example.org')`);
    const mail = [{ email: 'ann@example.org' }];

    await upgrade(bench.context);

    expect(await bench.database.query(sql`select email from mailbox`)).toEqual(mail);
    expect(await differencesFrom(applyChanges(changes, start), bench, server)).toEqual([]);
    await downgrade(bench.context, '-1');
    expect(await bench.database.query(sql`select email from mailbox`)).toEqual(mail);
    expect(await differencesFrom(start, bench, server)).toEqual([]);
  });
});

describeServers(['mysql', 'mariadb'], 'foreign keys that can share an index', (server) => {
  test('share the same one, whichever came first and whatever came between', async () => {
    const key = (own: string): Change => ({
      kind: 'add-foreign-key',
      table: person,
      foreignKey: {
        name: own,
        columns: ['boss'],
        references: { name: 'person', columns: ['id'] },
        onDelete: 'no-action',
        onUpdate: 'no-action',
      },
    });
    const unique: Change = { kind: 'add-unique', table: person, unique: { name: 'one_boss', columns: ['boss'] } };
    const changes: readonly Change[] = [
      key('third'),
      key('first'),
      unique,
      key('second'),
      { kind: 'drop-foreign-key', table: person, name: 'first' },
      { kind: 'drop-unique', table: person, name: 'one_boss' },
    ];
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [
      revision('r1', [], createCatalog(start)),
      ...changes.map((change, at) => revision(`r${at + 2}`, [`r${at + 1}`], [change])),
    ]);

    for (const at of [0, ...changes.keys()].keys()) {
      await upgrade(bench.context, `r${at + 1}`);
      expect(await differencesFrom(applyChanges(changes.slice(0, at), start), bench, server)).toEqual([]);
    }
    await downgrade(bench.context, 'r1');

    expect(await differencesFrom(start, bench, server)).toEqual([]);
  });
});

/** How the database differs from one that is made at once. */
async function differencesFrom(catalog: Catalog, bench: Bench, server: TestServer): Promise<readonly Difference[]> {
  await using temporary = await server.database();
  await using fresh = await openUrl(temporary.url);
  const wanted = await fresh.pinned(async (session) => {
    await makeCatalog(session, catalog);
    return await readStructure(session);
  });
  const found = await bench.database.pinned(async (session) => await readStructure(session));
  return structureDifferences(wanted, found);
}

function name(word: string): ExpressionPart {
  return { kind: 'name', name: word };
}

function part(one: string | ExpressionPart): ExpressionPart {
  return typeof one === 'string' ? { kind: 'text', text: one } : one;
}
