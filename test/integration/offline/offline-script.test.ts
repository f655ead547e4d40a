import { expect, test } from 'vitest';
import { offlinePlans } from '../../../src/migration/offline/offline-plans.ts';
import { renderOffline } from '../../../src/migration/offline/offline-script.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { addColumn, bookshop, createTable, revision } from '../migration/history.ts';
import { openBench, type Bench } from '../migration/open-bench.ts';
import { runInClient, runScript } from './run-script.ts';

const ledger = { name: 'rowhouse_ledger', project: 'shop', service: 'app', actor: 'tester', toolVersion: '0.0.0' };

describeEachServer('the script of a history', (server) => {
  test("run by the engine's own client it makes the same tables and the same ledger as a run", async () => {
    await using byHand = await server.database();
    await using byRun = await server.database();
    await using run = await openBench(byRun.url, bookshop);
    await upgrade(run.context);

    await runScript(byHand.url, script(run, 'base:head', true));

    await using made = await openBench(byHand.url, bookshop);
    expect(await made.inspect()).toEqual(await run.inspect());
    expect(await entriesOf(made)).toEqual(await entriesOf(run));
    expect((await upgrade(made.context)).revisions).toEqual([]);
  });

  test('a range that goes back takes the revisions back, and a run goes on from there', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);

    await runScript(temporary.url, script(bench, 'head:r1', false));

    expect((await migrationStatus(bench.context)).current).toEqual(['r1']);
    expect((await upgrade(bench.context)).revisions.map(({ id }) => id)).toEqual(['r2', 'r3']);
  });

  test('ends with its first error, unchanged, and the ledger has no entry for what was not done', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [
      revision('r1', [], [createTable('shelf')]),
      revision('r2', ['r1'], halfRight),
    ]);

    await expect(runInClient(temporary.url, script(bench, 'base:head', true))).rejects.toThrow(/ended with [1-9]/);

    expect((await migrationStatus(bench.context)).current).toEqual(['r1']);
    const [found] = (await bench.inspect()).tables;
    const left = bench.dialect.traits.transactionalDefinitions ? ['id'] : ['id', 'place'];
    expect(found?.columns.map(({ name }) => name)).toEqual(left);
  });
});

/** The second makes the table anew where uniques are part of it; the third is refused everywhere. */
const halfRight: readonly Change[] = [
  addColumn('shelf', 'place'),
  { kind: 'add-unique', table: { name: 'shelf' }, unique: { name: 'shelf_place_key', columns: ['place'] } },
  { kind: 'raw-sql', up: { any: 'insert into nowhere values (1)' }, down: { any: 'select 1' } },
];

function script(
  { context, dialect }: Pick<Bench, 'context'> & { readonly dialect: Dialect },
  range: string,
  fromNothing: boolean,
): string {
  return renderOffline(
    { plans: offlinePlans(range, context.graph, dialect), ledger, fromNothing, serverVersion: '0' },
    dialect,
  );
}

/** What does not depend on when the work was done. */
async function entriesOf(bench: Bench): Promise<unknown> {
  const entries = await bench.ledger();
  return entries.map(({ revision, direction, state, checksum, statementsDone, plan, finishedAt }) => ({
    revision,
    direction,
    state,
    checksum,
    statementsDone,
    // Which algorithm a server takes is known once it is asked.
    plan: plan.replaceAll(/, (?:algorithm|lock)=\w+/g, ''),
    ended: finishedAt !== null,
  }));
}
