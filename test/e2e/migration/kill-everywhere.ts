import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src/catalog/snapshot/canonical-json.ts';
import type { MigrationProgress } from '../../../src/migration/run/migration-context.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import type { TemporaryDatabase } from '../../../src/testing/database/temporary-database.ts';
import { openBench, type Bench } from '../../integration/migration/open-bench.ts';
import { startConnectionKiller } from './connection-killer.ts';
import { longHistory } from './long-history.ts';

/** The tests of one engine: a run that ends before or after each of its statements is finished by the next one. */
export function killEverywhere(server: TestServer, { connections }: { readonly connections: boolean }): void {
  const concurrentIndexes = server.engine === 'postgresql';
  const history = longHistory({ concurrentIndexes });

  test('whose process is killed before and after every statement is finished by the next run', async () => {
    const whole = await runWhole();
    const points = [...whole.moments.keys()];
    await using cache = await temporaryDirectory();
    await fillCache(cache.path);

    let cutShort = 0;
    await twoAtATime(points, async (point) => {
      await using place = await server.database({ checkLeaks: false });
      expect(await killProcess(place.url, point, cache.path), `moment ${point}`).toBe('SIGKILL');
      if (await finish(place, whole, point)) cutShort += 1;
    });

    report('process', points.length, cutShort);
  });

  if (!connections) return;
  test('whose connection is killed before and after every statement is finished by the next run', async () => {
    const whole = await runWhole();
    await using killer = await startConnectionKiller(server.url());
    let cutShort = 0;
    for (const point of whole.moments.keys()) {
      await using place = await server.database({ checkLeaks: false });
      await expect(
        cutConnection(place, point, (name) => killer.cut(name)),
        `moment ${point}`,
      ).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:CONNECTION_LOST|COMMIT_OUTCOME_UNKNOWN)$/) as string,
      });
      if (await finish(place, whole, point)) cutShort += 1;
    }
    report('connection', whole.moments.length, cutShort);
  });

  /** Where a revision is more than one transaction, kills must have met some in the middle. */
  function report(what: string, kills: number, cutShort: number): void {
    console.log(`${server.name}: ${kills} kills of the ${what}, ${cutShort} left a revision unfinished`);
    expect(kills).toBe(60);
    expect(cutShort).toBeGreaterThanOrEqual(server.engine === 'sqlite' ? 0 : 20);
  }

  interface WholeRun {
    /** What the progress told, in order. */
    readonly moments: readonly MigrationProgress[];
    readonly end: Look;
    /** The catalog at each revision. */
    readonly catalogs: ReadonlyMap<string, string>;
  }

  async function runWhole(): Promise<WholeRun> {
    await using place = await server.database({ checkLeaks: false });
    await using bench = await openBench(place.url, history);
    const moments: MigrationProgress[] = [];
    const onProgress = (progress: MigrationProgress): void => {
      if (progress.stage !== 'waits') moments.push(progress);
    };
    const catalogs = new Map([['', canonicalJson(await bench.inspect())]]);
    for (const { id } of history) {
      await upgrade({ ...bench.context, onProgress }, id);
      catalogs.set(id, canonicalJson(await bench.inspect()));
    }
    return { moments, end: await look(bench), catalogs };
  }

  /** A process that is killed keeps nothing of what it has compiled; one that ends by itself does it for all. */
  async function fillCache(cache: string): Promise<void> {
    await using place = await server.database({ checkLeaks: false });
    expect(await killProcess(place.url, Infinity, cache)).toBeNull();
  }

  async function killProcess(url: string, point: number, cache: string): Promise<NodeJS.Signals | null> {
    const script = join(import.meta.dirname, 'killed-process.ts');
    const child = spawn(process.execPath, [script, url, String(point), String(concurrentIndexes)], {
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache, NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return await new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
  }

  async function cutConnection(
    { url, name }: TemporaryDatabase,
    point: number,
    cut: (database: string) => void,
  ): Promise<void> {
    await using bench = await openBench(url, history);
    let moments = 0;
    const onProgress = ({ stage }: MigrationProgress): void => {
      if (stage === 'waits') return;
      if (moments === point) cut(name);
      moments += 1;
    };
    await upgrade({ ...bench.context, onProgress });
  }

  /** What the ledger says must be so at once; after one more run all of it is there. Was a revision left unfinished? */
  async function finish(
    { url }: TemporaryDatabase,
    { moments, end, catalogs }: WholeRun,
    point: number,
  ): Promise<boolean> {
    await using bench = await openBench(url, history);
    const moment = moments[point];
    const { current, unfinished } = await migrationStatus(bench.context);
    if (unfinished === undefined) {
      const catalog = canonicalJson(await bench.inspect());
      expect(catalog, `moment ${point}: what the ledger says`).toBe(catalogs.get(current[0] ?? ''));
    } else {
      expect(unfinished.revision, `moment ${point}`).toBe(moment?.revision.id);
      expect(unfinished.statementsDone, `moment ${point}`).toBeLessThanOrEqual(moment?.statement ?? 0);
    }

    await upgrade(bench.context);

    expect(await look(bench), `moment ${point}`).toEqual(end);
    return unfinished !== undefined;
  }
}

interface Look {
  readonly catalog: string;
  /** One for each revision that wrote its row. */
  readonly marks: readonly number[];
  /** The revisions that the ledger has as done; nothing is unfinished. */
  readonly done: readonly string[];
  readonly isUnfinished: boolean;
}

async function look(bench: Bench): Promise<Look> {
  const { rows } = await bench.database.run({ sql: 'select id from mark order by id' }, []);
  const ledger = await bench.ledger();
  return {
    catalog: canonicalJson(await bench.inspect()),
    marks: rows.map(([id]) => Number(id)),
    done: ledger.filter(({ state }) => state === 'done').map(({ revision }) => revision),
    isUnfinished: ledger.some(({ state }) => state === 'running' || state === 'stopped'),
  };
}

async function temporaryDirectory(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'rowhouse-killed-'));
  return { path, [Symbol.asyncDispose]: async () => await rm(path, { recursive: true, force: true }) };
}

/** While one waits for a server or a process the other works. */
async function twoAtATime(points: readonly number[], work: (point: number) => Promise<void>): Promise<void> {
  const left = [...points];
  const worker = async (): Promise<void> => {
    for (let point = left.shift(); point !== undefined; point = left.shift()) await work(point);
  };
  await Promise.all([worker(), worker()]);
}
