import { expect, test } from 'vitest';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openBench, type Bench } from '../migration/open-bench.ts';
import { addSource, historyOf, insertParcels, leftovers, parcel } from './parcels.ts';
import { plainly } from './plainly.ts';

describeServers(['mysql', 'mariadb'], 'a foreign key of a large table', (server) => {
  test('is made without a look at the rows and proved afterwards', async () => {
    await using temporary = await server.database();
    const history = historyOf([addSource]);
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context, 'r1');
    await insertParcels(bench.database, 2_000);

    await upgrade(bench.context);

    expect(await bench.inspect()).toEqual(await plainly(server, history));
    expect(await lastTexts(bench)).toEqual([expect.stringContaining('proved afterwards') as string]);
    await expect(setSource(bench, 77)).rejects.toMatchObject({ code: 'FOREIGN_KEY_VIOLATION' });
  });

  test('is taken back when rows have come in its way, and made once they are mended', async () => {
    await using temporary = await server.database();
    // A plan that writes rows itself is not asked beforehand whether rows are in the way.
    const set = { weight: textExpression('weight') };
    const backfill = { kind: 'backfill', table: parcel, set, where: textExpression('weight < 0') } as const;
    await using bench = await openBench(temporary.url, historyOf([backfill, addSource]));
    await upgrade(bench.context, 'r1');
    await insertParcels(bench.database, 2_000);
    const before = await bench.inspect();
    await setSource(bench, 77);

    const refused = upgrade(bench.context);

    await expect(refused).rejects.toMatchObject({
      code: 'ROWS_IN_THE_WAY',
      details: { table: 'parcel', rows: 1, revision: 'r2' },
    });
    expect(await bench.inspect()).toEqual(before);
    await setSource(bench, 2);
    await upgrade(bench.context);
    expect((await bench.inspect()).tables.at(-1)?.foreignKeys.map(({ name }) => name)).toEqual([
      'parcel_depot_fkey',
      'parcel_source_fkey',
    ]);
    expect(await leftovers(bench.database)).toEqual([]);
  });
});

async function setSource({ database }: Bench, depot: number): Promise<void> {
  await database.run({ sql: `update parcel set source = ${depot} where code = 'c7'` }, []);
}

async function lastTexts(bench: Bench): Promise<readonly string[]> {
  return JSON.parse((await bench.ledger()).at(-1)?.plan ?? '[]') as readonly string[];
}
