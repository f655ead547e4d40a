import { expect, test } from 'vitest';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openBench, type Bench } from '../../integration/migration/open-bench.ts';
import type { Work } from './code-process.ts';
import { runCode } from './run-code.ts';
import { fresh, shopHistory } from './shop.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';

const revisions = shopHistory();

/** Every row, by id, as the code that wrote it last left it. */
async function expectNothingLost(bench: Bench, works: readonly Work[]): Promise<void> {
  const people = await createRepository(fresh.people, bench.database).list({ limit: 100_000 });
  const places = await createRepository(fresh.places, bench.database).list({ limit: 100_000 });
  expect(works.flatMap(({ failures }) => failures)).toEqual([]);
  expect(Object.fromEntries(people.map(({ id, fullName }) => [id, fullName]))).toEqual(
    Object.assign({}, ...works.map((work) => work.people)),
  );
  expect(Object.fromEntries(places.map(({ id, name }) => [id, name]))).toEqual(
    Object.assign({}, ...works.map((work) => work.places)),
  );
}

describeServers(['postgresql-16', 'mariadb', 'mysql'], 'a column and a table that get other names', (server) => {
  test('migrate, deploy, check: no query of old or new code fails, and no write is lost', async () => {
    await using place = await server.database({ checkLeaks: false });
    await using bench = await openBench(place.url, revisions);
    await upgrade(bench.context, '+1');
    await using before = await runCode('old', place.url, 0);
    await before.works(30);

    await upgrade(bench.with(revisions, { phase: 'expand' }));
    await using after = await runCode('new', place.url, 1_000_000);
    await Promise.all([before.works(60), after.works(60)]);
    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'PHASE_REFUSED' });
    const done = [await before.stop()];
    const { revisions: made } = await upgrade(bench.context);
    await after.works(30);
    done.push(await after.stop());

    expect(made.map(({ id }) => id)).toEqual(['contract']);
    await expectNothingLost(bench, done);
  });

  test('deploy nothing, migrate, scale to three: the same, while old code still answers', async () => {
    await using place = await server.database({ checkLeaks: false });
    await using bench = await openBench(place.url, revisions);
    await upgrade(bench.context, '+1');
    await using before = await runCode('old', place.url, 0);
    await before.works(10);

    await Promise.all([upgrade(bench.with(revisions, { phase: 'expand' })), before.works(30)]);
    await using one = await runCode('new', place.url, 1_000_000);
    await one.works(5);
    await using two = await runCode('new', place.url, 2_000_000);
    await using three = await runCode('new', place.url, 3_000_000);
    await Promise.all([before, one, two, three].map(async (code) => await code.works(20)));
    const done = [await before.stop()];
    await Promise.all([upgrade(bench.context), one.works(20), two.works(20)]);
    for (const code of [one, two, three]) done.push(await code.stop());

    await expectNothingLost(bench, done);
  });
});
