import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { previewUpgrade } from '../../../src/migration/run/preview.ts';
import { spaceNeeded, type SpaceNeeded } from '../../../src/migration/run/space-needed.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { addColumn, createTable, revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

const boxes = revision('r1', [], [createTable('box'), addColumn('box', 'label')]);
const indexed: Change = {
  kind: 'create-index',
  table: { name: 'box' },
  index: { name: 'box_label_idx', keys: [{ column: 'label' }], unique: false },
};

describeEachServer('the room that revisions need', (server) => {
  test('is no more than the tables that are written anew have', async () => {
    await using place = await server.database();
    await using bench = await openBench(place.url, []);
    await upgrade(bench.with([boxes]));
    await fill(bench, 10_000);

    const { atMostBytes, freeBytes } = await needed(bench, [indexed]);

    // 10,000 labels of 40 letters; beside them are numbers, heads and half-empty pages.
    expect(atMostBytes).toBeGreaterThan(400_000);
    expect(atMostBytes).toBeLessThan(4_000_000);
    expect(freeBytes ?? Infinity).toBeGreaterThan(0);
  });

  test('is nothing for a table that is new', async () => {
    await using place = await server.database();
    await using bench = await openBench(place.url, []);
    await upgrade(bench.with([boxes]));
    await fill(bench, 10);

    expect(await needed(bench, [createTable('crate')])).toMatchObject({ atMostBytes: 0 });
  });
});

async function needed(bench: Bench, changes: readonly Change[]): Promise<SpaceNeeded> {
  const { plans } = await previewUpgrade(bench.with([boxes, revision('r2', ['r1'], changes)]));
  const found = await bench.database.pinned(async (session) => await spaceNeeded(session, plans));
  return found ?? expect.fail('the engine tells no sizes');
}

async function fill(bench: Bench, rows: number): Promise<void> {
  const label = 'x'.repeat(40);
  for (let at = 0; at < rows; at += 500) {
    const ids = Array.from({ length: Math.min(500, rows - at) }, (_, offset) => at + offset);
    await bench.database.run(
      { sql: `insert into box (id, label) values ${ids.map((id) => `(${id}, '${label}')`).join(', ')}` },
      [],
    );
  }
  // What these servers know of sizes is some seconds old otherwise.
  if (['mysql', 'mariadb'].includes(bench.dialect.name)) await bench.database.run({ sql: 'analyze table box' }, []);
}
