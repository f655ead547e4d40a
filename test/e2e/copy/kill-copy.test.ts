import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copy } from '../../../src/ops/copy/copy.ts';
import { sqliteFiles } from '../../../src/testing/database/sqlite-files.ts';
import { temporaryDatabase, type TemporaryDatabase } from '../../../src/testing/database/temporary-database.ts';
import { loadSample } from '../../integration/pull/load-sample.ts';
import { openSample } from '../../integration/pull/open-sample.ts';
import { describeServers } from '../../servers/describe-each-server.ts';

const kills = 50;
const chinookRows = 15_607;

describeServers(['postgresql-16', 'mariadb'], 'a copy that is killed', (server) => {
  let files: Awaited<ReturnType<typeof sqliteFiles>>;
  let origin: TemporaryDatabase;

  beforeAll(async () => {
    files = await sqliteFiles();
    origin = await temporaryDatabase(files, { prepare: async (url) => await loadSample('chinook', url) });
  });
  afterAll(async () => await files[Symbol.asyncDispose]());

  test(`is finished by running it again, ${kills} times at any moment`, async () => {
    const wholeMs = (await killedCopy(Number.POSITIVE_INFINITY)) ?? Number.NaN;
    let cutShort = 0;

    for (let round = 0; round < kills; round += 1) {
      // Spread over the whole run and a little beyond, with chance within each step.
      const atMs = ((round + Math.random()) / kills) * wholeMs * 1.05;
      const ranMs = await killedCopy(atMs);
      if (ranMs === undefined) cutShort += 1;
    }

    expect(cutShort).toBeGreaterThan(kills / 2);
  }, 280_000);

  /** Kills a copy so long after its start and finishes it; gives how long it took when it was not killed. */
  async function killedCopy(atMs: number): Promise<number | undefined> {
    await using place = await server.database({ checkLeaks: false });
    const ranMs = await runAndKill(origin.url, place.url, atMs);
    await using from = await openSample(origin.url);
    await using to = await openSample(place.url);

    const report = await copy({ from, to, batchRows: 100 });

    expect(report.tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(chinookRows);
    expect(await to.pinned(async (session) => await foreignKeys(session))).toBe(11);
    return ranMs;
  }
});

async function foreignKeys({
  dialect,
  connection,
}: Parameters<Parameters<Awaited<ReturnType<typeof openSample>>['pinned']>[0]>[0]): Promise<number> {
  const { tables } = await dialect.inspector.inspect(connection);
  return tables.reduce((sum, table) => sum + table.foreignKeys.length, 0);
}

async function runAndKill(from: string, to: string, atMs: number): Promise<number | undefined> {
  const program = fileURLToPath(new URL('./copy-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, from, to], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  const start = performance.now();
  const outcome = await Promise.race([ended, ...(Number.isFinite(atMs) ? [delay(atMs)] : [])]);
  if (outcome !== undefined) {
    if (child.exitCode !== 0) throw new Error(`the copy failed by itself: ${complaint}`);
    return performance.now() - start;
  }
  child.kill('SIGKILL');
  await ended;
  return undefined;
}
