import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { previewDowngrade } from '../../../src/migration/run/preview.ts';
import { findRowLosses } from '../../../src/migration/run/row-losses.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { id, sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { addColumn, createTable, revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

const [a, b] = [{ name: 'a' }, { name: 'b' }];

const parkLabel: Change = { kind: 'park-column', table: b, column: 'label' };

const history = [
  revision('r1', [], [createTable('a'), createTable('empty'), createTable('c')]),
  revision(
    'r2',
    ['r1'],
    [{ kind: 'rename-table', table: a, to: 'b' }, addColumn('b', 'label'), addColumn('b', 'note')],
  ),
  revision('r3', ['r2'], [parkLabel, { kind: 'park-table', table: { name: 'c' } }]),
];

describeEachServer('the rows that a way down would drop', (server) => {
  test('are named as they are now, and what only comes out of its parking place is no loss', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context, 'r2');
    await bench.database.execute(sql`insert into ${id('b')} (id, label) values (1, 'x')`);
    await bench.database.execute(sql`insert into ${id('c')} (id) values (1)`);
    await upgrade(bench.context);

    expect(await losses(bench, '-1')).toEqual([]);
    expect(await losses(bench, 'r1')).toEqual(['b.label']);
    expect(await losses(bench, 'base')).toEqual(expect.arrayContaining(['b', 'c']));
    expect(await losses(bench, 'base')).not.toContain('empty');
  });
});

async function losses({ context, database }: Bench, target: string): Promise<readonly string[]> {
  const { plans } = await previewDowngrade(context, target);
  return await database.pinned(async (session) => await findRowLosses(session, plans));
}
