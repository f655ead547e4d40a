import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { openBench } from '../../integration/migration/open-bench.ts';
import { keepWriting } from '../../integration/online/keep-writing.ts';
import { historyOf, insertParcels, leftovers, parcel, parcelRows } from '../../integration/online/parcels.ts';
import { describeGaleraCluster } from '../../servers/galera/describe-galera-cluster.ts';
import { catchUp } from './open-nodes.ts';

/** None of them is instant. */
const changes: Readonly<Record<string, readonly Change[]>> = {
  'an index': [
    {
      kind: 'create-index',
      table: parcel,
      index: { name: 'parcel_weight_idx', keys: [{ column: 'weight' }], unique: false },
    },
  ],
  'another primary key': [
    {
      kind: 'create-index',
      table: parcel,
      index: { name: 'parcel_id_idx', keys: [{ column: 'id' }], unique: true },
    },
    { kind: 'set-primary-key', table: parcel, primaryKey: { columns: ['weight', 'id'] } },
  ],
};

describeGaleraCluster('a large table on a cluster', (cluster) => {
  test.each(Object.keys(changes))('gets %s while others write on another node, and loses nothing', async (title) => {
    await using shared = await cluster.database();
    const history = historyOf(changes[title] ?? []);
    await using here = await openBench(shared.urls[0], history);
    await using there = await openBench(shared.urls[1], history);
    await using third = await openBench(shared.urls[2], history);
    await upgrade(here.context, 'r1');
    await insertParcels(here.database, 20_000);
    await catchUp([here.database, there.database, third.database]);
    const stop = new AbortController();
    const writing = keepWriting(there.database, stop.signal);

    const [written] = await Promise.all([writing, upgrade(here.context).finally(() => stop.abort())]);

    await catchUp([here.database, there.database, third.database]);
    for (const { database } of [here, there, third]) {
      expect(await parcelRows(database)).toEqual(written);
      expect(await leftovers(database)).toEqual([]);
    }
  });
});
