import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson } from '../../../src/catalog/snapshot/canonical-json.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openBench } from '../../integration/migration/open-bench.ts';
import { ended, installProject, type InstalledProject } from './installed-project.ts';
import { revisionIds, warehouseFiles } from './warehouse.ts';

let project: InstalledProject;

beforeAll(async () => {
  project = await installProject(warehouseFiles());
});

afterAll(async () => await project[Symbol.asyncDispose]());

const rounds = Number(process.env['ROWHOUSE_KILLS'] ?? 50);

describeServers(['postgresql-16', 'mariadb'], 'rowhouse up', (server) => {
  test(`killed at ${rounds} random moments it is finished by the next run: nothing doubled, nothing lost`, async () => {
    await using whole = await server.database({ checkLeaks: false });
    await project.run(['current'], whole.url); // fills the compile cache
    expect(await project.run(['up'], whole.url)).toMatchObject({ exitCode: 0 });
    const expected = await look(whole.url);
    const random = seededRandom(20_261_121);
    const found: number[] = [];

    for (let round = 0; round < rounds; round += 1) {
      await using place = await server.database({ checkLeaks: false });
      const child = project.start(['up'], place.url);
      const end = ended(child);
      // By progress, not by the clock: on a busy machine the same moments are met.
      await untilApplied(place.url, Math.floor(random() * revisionIds.length), end);
      await delay(random() * 15);
      child.kill('SIGKILL');
      await end;
      found.push(await appliedIn(place.url));

      const rerun = await project.run(['up'], place.url);

      expect(rerun, `round ${round}`).toMatchObject({ exitCode: 0 });
      const after = await look(place.url);
      expect(after, `round ${round}`).toEqual(expected);
    }
    const partly = found.filter((count) => count > 0 && count < revisionIds.length).length;
    console.log(`${server.name}: ${partly} of ${rounds} kills met the run in the middle`);
    expect(partly).toBeGreaterThan(rounds / 2);
  });
});

describeServers(
  ['postgresql-16', 'mariadb', 'mysql', 'sqlite-better-sqlite3'],
  'rowhouse up, two at once',
  (server) => {
    test('one applies, the other waits and finds nothing, both end well', async () => {
      await using place = await server.database({ checkLeaks: false });

      const both = await Promise.all([
        project.run(['up', '--json'], place.url),
        project.run(['up', '--json'], place.url),
      ]);

      expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
      const applied = both.flatMap(({ output }) => (JSON.parse(output) as UpOutput).services.app.applied);
      expect(applied.toSorted()).toEqual(revisionIds);
      expect((await look(place.url)).marks).toEqual(revisionIds.map((_, number) => number));
    });
  },
);

interface UpOutput {
  readonly services: { readonly app: { readonly applied: readonly string[] } };
}

interface Found {
  readonly catalog: string;
  /** One for each revision that wrote its row. */
  readonly marks: readonly number[];
  readonly ledger: readonly string[];
}

/** What is in the database: all of it must be the same however often the run was killed. */
async function look(url: string): Promise<Found> {
  await using bench = await openBench(url, []);
  const { rows } = await bench.database.run({ sql: 'select revision from mark order by revision' }, []);
  const ledger = await bench.database.run({ sql: 'select revision, state from rowhouse_ledger order by revision' }, []);
  return {
    catalog: canonicalJson(await bench.inspect()),
    marks: rows.map(([revision]) => Number(revision)),
    ledger: ledger.rows.map(([revision, state]) => `${String(revision)} ${String(state)}`),
  };
}

/** How many revisions a run has begun or finished. */
async function appliedIn(url: string): Promise<number> {
  await using bench = await openBench(url, []);
  return await countApplied(bench);
}

/** Waits until a run has begun so many revisions, or has ended. */
async function untilApplied(url: string, count: number, end: Promise<unknown>): Promise<void> {
  await using bench = await openBench(url, []);
  let isOver = false;
  const over = end.then(() => (isOver = true));
  while (!isOver && (await countApplied(bench)) < count) await Promise.race([over, delay(2)]);
}

async function countApplied({ database }: Awaited<ReturnType<typeof openBench>>): Promise<number> {
  const { rows } = await database.run({ sql: 'select revision from rowhouse_ledger' }, []).catch(() => ({ rows: [] }));
  return rows.length;
}

/** Mulberry32: the same numbers in every run, so that a failure comes back. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
