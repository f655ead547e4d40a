import { expect, test } from 'vitest';
import { emptyCatalog, type Catalog } from '../../../src/catalog/model/catalog.ts';
import { applyRevision, planDown, planUp } from '../../../src/migration/plan/revision-plan.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { addColumn, createTable, rawSql, revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

const start = revision(
  'r1',
  [],
  [
    createTable('shelf'),
    addColumn('shelf', 'label'),
    {
      kind: 'create-index',
      table: { name: 'shelf' },
      index: { name: 'shelf_label_idx', keys: [{ column: 'label' }], unique: false },
    },
  ],
);

/** Replaces an index, makes a table with members of its own, and writes rows in between. */
const long = revision(
  'r2',
  ['r1'],
  [
    { kind: 'drop-index', table: { name: 'shelf' }, name: 'shelf_label_idx' },
    {
      kind: 'create-index',
      table: { name: 'shelf' },
      index: { name: 'shelf_label_idx', keys: [{ column: 'label' }, { column: 'id' }], unique: false },
    },
    createTable('drawer'),
    addColumn('drawer', 'shelf_label'),
    rawSql('insert into drawer (id) select id from shelf', 'delete from drawer'),
    addColumn('drawer', 'colour'),
  ],
);

// Elsewhere definitions are transactional: a killed run leaves nothing to finish.
describeServers(['mysql', 'mariadb'], 'a run that was killed', (server) => {
  test('is finished from every point on the way up', async () => {
    const wanted = await killedEverywhere('up');

    expect(wanted).toBe(6);
  });

  test('is finished from every point on the way down', async () => {
    const wanted = await killedEverywhere('down');

    expect(wanted).toBe(6);
  });

  /** Stops before each statement; then as if killed there, and as if killed after its effect but before it was counted. */
  async function killedEverywhere(direction: 'up' | 'down'): Promise<number> {
    let points = 0;
    for (let point = 0; ; point += 1) {
      for (const tookEffect of [false, true]) {
        await using temporary = await server.database();
        await using bench = await openBench(temporary.url, [start, long]);
        const target = await prepare(bench, direction);
        const sql = statements(bench, direction);
        if (point >= sql.length) return points;
        await stopBefore(bench, direction, point);
        if (tookEffect) await bench.database.pinned(async (session) => await session.script(sql[point] ?? ''));
        if (tookEffect && /^(?:insert|delete)/.test(sql[point] ?? '')) continue; // counted with its effect, so never apart

        await (direction === 'up' ? upgrade(bench.context) : downgrade(bench.context, 'r1'));

        expect(await bench.inspect(), `${direction} from ${point}, ${tookEffect}`).toEqual(target);
        expect((await migrationStatus(bench.context)).unfinished).toBeUndefined();
        const rows =
          direction === 'up' ? await bench.database.run({ sql: 'select id from drawer' }, []) : { rows: [1, 2] };
        expect(rows.rows.length).toBe(2);
      }
      points += 1;
    }
  }

  /** Brings the database to where the run starts; gives what it is to become. */
  async function prepare(bench: Bench, direction: 'up' | 'down'): Promise<Catalog> {
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: 'insert into shelf (id) values (1), (2)' }, []);
    const before = await bench.inspect();
    await upgrade(bench.context);
    const after = await bench.inspect();
    if (direction === 'down') return before;
    await downgrade(bench.context, 'r1');
    return after;
  }
});

function statements({ dialect }: Bench, direction: 'up' | 'down'): readonly string[] {
  const before = applyRevision(start, emptyCatalog);
  const plan = direction === 'up' ? planUp(long, before, dialect) : planDown(long, before, dialect);
  return plan.statements.map(({ sql }) => sql);
}

/** Leaves the ledger as a killed process does: `running`, with what was counted until then. */
async function stopBefore(bench: Bench, direction: 'up' | 'down', point: number): Promise<void> {
  const stop = new AbortController();
  const context = {
    ...bench.context,
    signal: stop.signal,
    onProgress: ({ statement }: { readonly statement: number }) => {
      if (statement === point - 1) stop.abort();
    },
  };
  if (point === 0) stop.abort();
  const run = direction === 'up' ? upgrade(context) : downgrade(context, 'r1');
  await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
  const [last] = (await bench.ledger()).toReversed();
  await bench.database.run({ sql: "update rowhouse_ledger set state = 'running' where entry = ?" }, [
    String(last?.entry),
  ]);
}
