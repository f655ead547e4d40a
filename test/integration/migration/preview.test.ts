import { expect, test } from 'vitest';
import { runText } from '../../../src/migration/plan/run-text.ts';
import { previewOutcome } from '../../../src/cli/render/preview.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { previewDowngrade, previewUpgrade, type MigrationPreview } from '../../../src/migration/run/preview.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { bookshop, createTable, rawSql, revision } from './history.ts';
import { openBench } from './open-bench.ts';

describeEachServer('a run that is only looked at', (server) => {
  test('shows the statements up to the target and changes nothing, not even the ledger', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    const before = await bench.inspect();

    const all = await previewUpgrade(bench.context);
    const one = await previewUpgrade(bench.context, '+1');

    expect([ids(all), ids(one)]).toEqual([['r1', 'r2', 'r3'], ['r1']]);
    expect(previewOutcome(one).lines[0]).toMatch(/^-- up r1 {2}message of r1/);
    expect(previewOutcome(one).lines).toContain('-- catalog');
    expect(previewOutcome(one).lines.some((line) => /^create table .*;$/s.test(line))).toBe(true);
    expect(await bench.inspect()).toEqual(before);
    expect(await bench.ledger()).toEqual([]);
  });

  test('shows the statements that the run then runs', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    const shown = await previewUpgrade(bench.context, 'head', { asksServer: true });

    await upgrade(bench.context);

    const plans = (await bench.ledger()).map(({ plan }) => JSON.parse(plan) as unknown);
    expect(shown.plans.map(({ statements }) => statements.map(runText))).toEqual(plans);
    expect(previewOutcome(await previewUpgrade(bench.context)).lines).toEqual(['nothing to do']);
    expect(ids(await previewDowngrade(bench.context, '-2'))).toEqual(['r3', 'r2']);
  });
});

// Elsewhere nothing is left of a revision that failed.
describeServers(['mysql', 'mariadb'], 'a run that goes on from one that failed', (server) => {
  test('is shown from the statement that failed', async () => {
    await using temporary = await server.database();
    const failing = revision('r1', [], [createTable('shelf'), rawSql('insert into nowhere values (1)', 'select 1')]);
    const next = revision('r2', ['r1'], [createTable('drawer')]);
    await using bench = await openBench(temporary.url, [failing, next]);
    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });

    const { lines } = previewOutcome(await previewUpgrade(bench.context));

    expect(lines.slice(0, 3)).toEqual([
      '-- up r1  message of r1, from statement 2 on',
      '-- catalog',
      'insert into nowhere values (1);',
    ]);
    expect(lines[3]).toBe('-- up r2  message of r2');
    expect((await migrationStatus(bench.context)).unfinished?.statementsDone).toBe(1);
  });
});

function ids({ plans }: MigrationPreview): readonly string[] {
  return plans.map(({ revision: { id } }) => id);
}
