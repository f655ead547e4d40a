import { expect, test } from 'vitest';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection } from '../dialects/open-connection.ts';
import { rawSql, revision } from '../migration/history.ts';
import { openBench } from '../migration/open-bench.ts';
import { column, shop } from './shop.ts';

const purchase = { name: 'purchase' };
const key = { name: 'other', columns: ['customer'], references: { name: 'purchase', columns: ['id'] } } as const;

const refused: readonly (readonly [string, Change, string, Record<string, unknown>])[] = [
  [
    'a missing value',
    {
      kind: 'alter-column',
      table: purchase,
      column: { ...column('note', { kind: 'varchar', length: 20 }), comment: 'as the customer wrote it' },
    },
    'purchase: 1 row has no note',
    { table: 'purchase', column: 'note', rows: 1, keys: [{ id: '3' }] },
  ],
  [
    'a value that is there twice',
    { kind: 'add-unique', table: purchase, unique: { name: 'u', columns: ['total'] } },
    'purchase: 2 rows are not alone with their total',
    { table: 'purchase', column: 'total', rows: 2, keys: [{ id: '1' }, { id: '2' }] },
  ],
  [
    'a row that a check does not hold for',
    { kind: 'add-check', table: purchase, check: { name: 'few', expression: textExpression('total < 20') } },
    'purchase: 1 row breaks few',
    { table: 'purchase', rows: 1, keys: [{ id: '3' }] },
  ],
  [
    'a reference that leads nowhere',
    { kind: 'add-foreign-key', table: purchase, foreignKey: { ...key, onDelete: 'no-action', onUpdate: 'no-action' } },
    'purchase: 1 row refers to no row of purchase',
    { table: 'purchase', column: 'customer', rows: 1, keys: [{ id: '3' }] },
  ],
  [
    'a text that is too long',
    {
      kind: 'alter-column',
      table: purchase,
      column: {
        ...column('note', { kind: 'varchar', length: 3 }),
        nullable: true,
        comment: 'as the customer wrote it',
      },
    },
    'purchase: 1 row has a value of note that does not fit',
    { table: 'purchase', column: 'note', rows: 1, keys: [{ id: '2' }] },
  ],
  [
    'a number that is too big',
    { kind: 'alter-column', table: purchase, column: column('total', { kind: 'decimal', precision: 1, scale: 0 }) },
    'purchase: 3 rows have a value of total that does not fit',
    { table: 'purchase', column: 'total', rows: 3, keys: [{ id: '1' }, { id: '2' }, { id: '3' }] },
  ],
  [
    'a value of an enum in use',
    { kind: 'alter-enum', enum: { name: 'state', values: ['new', 'sent'] } },
    'purchase: 1 row has a value of state that goes',
    { table: 'purchase', column: 'state', rows: 1, keys: [{ id: '2' }] },
  ],
];

const rows = `insert into customer values (1, 'a'), (2, 'b'), (9, 'c');
  insert into purchase (id, customer, state, total, note)
    values (1, 1, 'new', 10, 'ab'), (2, 2, 'paid', 10, 'abcd'), (3, 9, 'sent', 30, null);`;

describeServers(['postgresql-15', 'postgresql-18'], 'a change that rows are in the way of', (server) => {
  test.each(refused)('is refused before anything runs: %s', async (_, change, message, details) => {
    await using temporary = await server.database();
    const before = revision('r1', [], createCatalog(shop));
    const after = revision('r2', ['r1'], [{ kind: 'set-table-comment', table: purchase, comment: 'changed' }, change]);
    await using bench = await openBench(temporary.url, [before, after]);
    await upgrade(bench.context, 'r1');
    await load(temporary.url);
    const found = await bench.inspect();

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'ROWS_IN_THE_WAY', message, details });

    expect(await bench.inspect()).toEqual(found);
    expect((await bench.ledger()).map(({ revision: id }) => id)).toEqual(['r1']);
  });

  test('may clear its own way', async () => {
    await using temporary = await server.database();
    const before = revision('r1', [], createCatalog(shop));
    const unique: Change = { kind: 'add-unique', table: purchase, unique: { name: 'u', columns: ['total'] } };
    const after = revision('r2', ['r1'], [rawSql('update purchase set total = id', 'select 1'), unique]);
    await using bench = await openBench(temporary.url, [before, after]);
    await upgrade(bench.context, 'r1');
    await load(temporary.url);

    await upgrade(bench.context);

    expect((await bench.ledger()).map(({ revision: id }) => id)).toEqual(['r1', 'r2']);
  });
});

async function load(url: string): Promise<void> {
  await using open = await openConnection(url);
  await open.connection.script(rows);
}
