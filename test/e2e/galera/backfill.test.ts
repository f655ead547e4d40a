import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import type { Database } from '../../../src/database/database.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { revision } from '../../integration/migration/history.ts';
import { openBench } from '../../integration/migration/open-bench.ts';
import { describeGaleraCluster } from '../../servers/galera/describe-galera-cluster.ts';

/** A million takes minutes: `ROWHOUSE_BACKFILL_ROWS=1000000`. */
const rows = Number(process.env['ROWHOUSE_BACKFILL_ROWS'] ?? 200_000);

/** Half an hour: the million is written three times, on three nodes that share a machine. */
const timeout = 1_800_000;

const name = { name: 'parcel' };

const parcel: Table = {
  ...name,
  columns: [
    { name: 'id', type: { kind: 'integer' }, nullable: false },
    { name: 'weight', type: { kind: 'integer' }, nullable: false },
  ],
  primaryKey: { name: 'parcel_pkey', columns: ['id'] },
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
};

/** A change that the server makes at once, the rows, and a change for which the whole cluster would wait. */
const changes: readonly Change[] = [
  { kind: 'add-column', table: name, column: { name: 'grams', type: { kind: 'integer' }, nullable: true } },
  {
    kind: 'backfill',
    table: name,
    set: { grams: textExpression('weight * 1000') },
    where: textExpression('grams is null'),
  },
  {
    kind: 'create-index',
    table: name,
    index: { name: 'parcel_weight_idx', keys: [{ column: 'weight' }], unique: false },
  },
];

const tables: readonly Change[] = [{ kind: 'create-table', table: parcel }];

const history = [revision('r1', [], tables), revision('r2', ['r1'], changes)];

describeGaleraCluster('a backfill on a cluster', (cluster) => {
  test(
    'keeps no write on another node waiting for longer than a second, and only one of two runners does it',
    { timeout },
    async () => {
      await using shared = await cluster.database();
      await using here = await openBench(shared.urls[0], history);
      await using there = await openBench(shared.urls[1], history);
      await using other = await openBench(shared.urls[2], history);
      await upgrade(here.context, 'r1');
      for (let from = 1; from <= rows; from += 10_000) await insertParcels(here.database, from, from + 9_999);
      const stop = new AbortController();
      const writing = [other, there].map(async ({ database }, node) => await keepWriting(database, node, stop.signal));

      const startedAt = performance.now();
      const reports = await Promise.all(
        [here, there].map(async ({ context }) => await upgrade({ ...context, lockWaitMs: timeout })),
      );
      const tookMs = performance.now() - startedAt;
      stop.abort();
      const written = await Promise.all(writing);

      const longestMs = Math.max(...written.map((one) => one.longestMs));
      const writes = written.reduce((sum, one) => sum + one.writes, 0);
      process.stdout.write(
        `${rows} rows in ${Math.round(tookMs / 1000)} s; ${writes} writes meanwhile, the longest ${Math.round(longestMs)} ms\n`,
      );
      expect(reports.map(({ revisions }) => revisions.length).toSorted((a, b) => a - b)).toEqual([0, 1]);
      expect((await here.ledger()).map(({ revision: id, state }) => [id, state])).toEqual([
        ['r1', 'done'],
        ['r2', 'done'],
      ]);
      expect(written.flatMap(({ failures }) => failures)).toEqual([]);
      expect(longestMs).toBeLessThan(1_000);
      const { rows: counted } = await here.database.run(
        { sql: `select count(*), count(grams), sum(grams = weight * 1000) from parcel where id <= ${rows}` },
        [],
      );
      expect(counted[0]?.map(Number)).toEqual([rows, rows, rows]);
      const [[inserted] = []] = (await here.database.run({ sql: `select count(*) from parcel where id > ${rows}` }, []))
        .rows;
      expect(Number(inserted)).toBe(written.reduce((sum, one) => sum + one.inserts, 0));
      expect((await there.inspect()).tables.map((one) => [one.name, one.indexes.map((index) => index.name)])).toEqual([
        ['parcel', ['parcel_weight_idx']],
      ]);
    },
  );
});

async function insertParcels(database: Database, from: number, to: number): Promise<void> {
  await database.run({ sql: `insert into parcel (id, weight) select seq, seq % 100 from seq_${from}_to_${to}` }, []);
}

interface Written {
  readonly writes: number;
  readonly inserts: number;
  readonly longestMs: number;
  readonly failures: readonly string[];
}

/** Updates rows all over the table without pause, and inserts some. */
async function keepWriting(database: Database, node: number, stop: AbortSignal): Promise<Written> {
  let [writes, inserts, longestMs] = [0, 0, 0];
  const failures: string[] = [];
  const timed = async (sql: string): Promise<void> => {
    const startedAt = performance.now();
    try {
      await database.run({ sql }, []);
      writes += 1;
    } catch (error) {
      failures.push(String(error));
    }
    longestMs = Math.max(longestMs, performance.now() - startedAt);
  };
  while (!stop.aborted) {
    await timed(`update parcel set weight = weight where id = ${1 + ((writes * 7_919 + node) % rows)}`);
    await delay(5);
    if (writes % 50 !== 0) continue;
    inserts += 1;
    await timed(`insert into parcel (id, weight) values (${10_000_000 + inserts * 2 + node}, 5)`);
  }
  return { writes, inserts, longestMs, failures };
}
