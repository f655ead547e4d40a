import { expect, test } from 'vitest';
import { integer, table, text } from '../../../src/index.ts';
import { describeGaleraCluster } from '../../servers/galera/describe-galera-cluster.ts';
import { catchUp, openNodes } from './open-nodes.ts';

const lines = table('line', { id: integer().primaryKey(), body: text({ max: 200 }), note: text({ max: 20 }).null() });

describeGaleraCluster('many rows at once on a cluster', (cluster) => {
  test('reach every node, and none of them when one is refused', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, { lines });
    const [here, there] = nodes.all;
    const rows = Array.from({ length: 2_500 }, (_, id) => ({
      id,
      body: `žluťoučký ${id}`,
      note: id % 3 === 0 ? null : 'x',
    }));

    await here.repository(lines).insertMany(rows);
    await catchUp(nodes.all);
    const twice = there.repository(lines).insertMany([
      { id: 3_000, body: 'new' },
      { id: 7, body: 'there already' },
    ]);
    await expect(twice).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    await there.repository(lines).upsertMany(
      [
        { id: 7, body: 'changed' },
        { id: 4_000, body: 'new' },
      ],
      { match: ['id'] },
    );
    await catchUp(nodes.all);

    for (const node of nodes.all) {
      const found = await node.repository(lines).list({ order: ['id'] });
      const expected = rows.map((row) => (row.id === 7 ? { ...row, body: 'changed' } : row));
      expect(found).toEqual([...expected, { id: 4_000, body: 'new', note: null }]);
    }
  });
});
