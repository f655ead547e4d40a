import { expect, test } from 'vitest';
import { RevisionGraph } from '../../../src/migration/revision/revision-graph.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { squashRevisions } from '../../../src/migration/squash/squash-revisions.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { addColumn, bookshop, rawSql, revision } from './history.ts';
import { openBench } from './open-bench.ts';

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

  test('is refused where only some of the three are', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context, 'r2');

    const error = upgrade(bench.with([squashed(bookshop)]));

    await expect(error).rejects.toMatchObject({
      code: 'LEDGER_INVALID',
      message: 'the database has 2 of the 3 revisions that all replaces',
    });
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

function squashed(revisions: readonly LoadedRevision[]): LoadedRevision {
  const graph = new RevisionGraph(revisions);
  const [first, last] = [graph.ordered[0], graph.head()];
  if (first === undefined || last === undefined) throw new Error('there is nothing to squash');
  const { parents, up, replaces } = squashRevisions(graph, first, last);
  return revision('all', parents, up, { replaces });
}
