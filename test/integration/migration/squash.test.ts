import { expect, test } from 'vitest';
import { RevisionGraph } from '../../../src/migration/revision/revision-graph.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { listParked } from '../../../src/migration/parking/list-parked.ts';
import { previewUpgrade } from '../../../src/migration/run/preview.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { squashRevisions } from '../../../src/migration/squash/squash-revisions.ts';
import { readApplied } from '../../../src/ops/compare/find-drift.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { addColumn, bookshop, rawSql, revision } from './history.ts';
import { openBench } from './open-bench.ts';
import { parkColumn, people } from '../parking/people.ts';

const later = revision('r4', ['r3'], [addColumn('author', 'country')]);

describeEachServer('a revision that replaces three', (server) => {
  test('makes the same tables from nothing', async () => {
    await using one = await server.database();
    await using three = await server.database();
    await using before = await openBench(three.url, bookshop);
    await using after = await openBench(one.url, [squashed(bookshop)]);

    await upgrade(before.context);
    await upgrade(after.context);

    expect(await after.inspect()).toEqual(await before.inspect());
  });

  test('is there already where the three are, and what comes after goes on from it', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);
    const context = bench.with([squashed(bookshop), later]);

    expect((await migrationStatus(context)).current).toEqual(['all']);
    expect((await upgrade(context)).revisions.map(({ id }) => id)).toEqual(['r4']);
    expect((await migrationStatus(context)).current).toEqual(['r4']);
    expect((await downgrade(context, 'base')).revisions.map(({ id }) => id)).toEqual(['r4', 'all']);
    expect((await bench.inspect()).tables).toEqual([]);
    expect((await migrationStatus(context)).unknown).toEqual([]);
  });

  test('is known to those who only look, before a run has recorded it', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);
    const context = bench.with([squashed(bookshop), later]);

    const { plans } = await previewUpgrade(context);
    const applied = await readApplied(bench.database, context);

    expect(plans.map(({ revision: { id } }) => id)).toEqual(['r4']);
    expect(applied.map(({ id }) => id)).toEqual(['all']);
  });

  test('is squashed again, whether a database has recorded it or not', async () => {
    await using recorded = await server.database();
    await using other = await server.database();
    await using first = await openBench(recorded.url, bookshop);
    await using second = await openBench(other.url, bookshop);
    const once = [squashed(bookshop), later];
    await upgrade(first.context);
    await upgrade(first.with(once));
    await upgrade(second.with([...bookshop, later]));

    for (const bench of [first, second]) {
      const context = bench.with([squashed(once, 'twice'), revision('r5', ['twice'], [])]);
      expect((await migrationStatus(context)).current).toEqual(['twice']);
      expect((await upgrade(context)).revisions.map(({ id }) => id)).toEqual(['r5']);
      expect((await migrationStatus(context)).applied.map(({ revision: id }) => id)).toEqual(['twice', 'r5']);
    }
  });

  test('leaves what the three have parked in the list', async () => {
    await using temporary = await server.database();
    const before = [...people(parkColumn('motto')), revision('r3', ['r2'], [addColumn('person', 'nick')])];
    await using bench = await openBench(temporary.url, before);
    await upgrade(bench.context);
    const context = bench.with([squashed(before), revision('r4', ['all'], [])]);
    const parked = async (): Promise<readonly unknown[]> =>
      (await bench.database.pinned(async (session) => await listParked(context, session))).map(
        ({ column, revision: id }) => [column, id],
      );

    const unrecorded = await parked();
    await upgrade(context);
    const kept = await parked();
    await downgrade(context, 'base');

    expect(unrecorded).toEqual([['motto', 'all']]);
    expect(kept).toEqual([['motto', 'all']]);
    expect(await parked()).toEqual([]);
  });

  test('is refused where only some of the three are', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context, 'r2');

    const context = bench.with([squashed(bookshop)]);
    const refused = { code: 'LEDGER_INVALID', message: 'the database has 2 of the 3 revisions that all replaces' };

    await expect(upgrade(context)).rejects.toMatchObject(refused);
    await expect(previewUpgrade(context)).rejects.toMatchObject(refused);
    expect((await migrationStatus(bench.context)).current).toEqual(['r2']);
  });
});

test('what is written by hand is kept as it is, in both directions', () => {
  const byHand = revision('r4', ['r3'], [rawSql('select 1', 'select 2')]);
  const graph = new RevisionGraph([...bookshop, byHand]);

  const { up, replaces } = squashRevisions(graph, graph.get('r1'), graph.get('r4'));

  expect(up).toEqual([...bookshop, byHand].flatMap((each) => each.up));
  expect(replaces).toEqual(['r1', 'r2', 'r3', 'r4']);
});

test('a branch that begins in the middle stands in the way, and is named', () => {
  const graph = new RevisionGraph([...bookshop, revision('side', ['r2'], [])]);

  expect(() => squashRevisions(graph, graph.get('r1'), graph.get('r3'))).toThrow(
    'revision side comes after r2, in the middle',
  );
});

function squashed(revisions: readonly LoadedRevision[], id = 'all'): LoadedRevision {
  const graph = new RevisionGraph(revisions);
  const [first, last] = [graph.ordered[0], graph.head()];
  if (first === undefined || last === undefined) throw new Error('there is nothing to squash');
  const { parents, up, replaces } = squashRevisions(graph, first, last);
  return revision(id, parents, up, { replaces });
}
