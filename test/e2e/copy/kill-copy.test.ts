import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
    const { steps } = await killedCopy(Number.POSITIVE_INFINITY);
    let cutShort = 0;

    for (let round = 0; round < kills; round += 1) {
      // By steps, not by the clock, spread over the whole run with chance within each part: a busy machine changes nothing.
      const { finished } = await killedCopy(Math.floor(((round + Math.random()) / kills) * steps));
      if (!finished) cutShort += 1;
    }

    expect(cutShort).toBeGreaterThan(kills / 2);
  }, 280_000);

  /** Kills a copy after so many of its steps and finishes it. */
  async function killedCopy(afterSteps: number): Promise<KilledCopy> {
    await using place = await server.database({ checkLeaks: false });
    const killed = await runAndKill(origin.url, place.url, afterSteps);
    await using from = await openSample(origin.url);
    await using to = await openSample(place.url);

    const report = await copy({ from, to, batchRows: 100 });

    expect(report.tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(chinookRows);
    expect(await to.pinned(async (session) => await foreignKeys(session))).toBe(11);
    return killed;
  }
});

async function foreignKeys({
  dialect,
  connection,
}: Parameters<Parameters<Awaited<ReturnType<typeof openSample>>['pinned']>[0]>[0]): Promise<number> {
  const { tables } = await dialect.inspector.inspect(connection);
  return tables.reduce((sum, table) => sum + table.foreignKeys.length, 0);
}

interface KilledCopy {
  /** It came to its end before it could be killed. */
  readonly finished: boolean;
  readonly steps: number;
}

async function runAndKill(from: string, to: string, afterSteps: number): Promise<KilledCopy> {
  const program = fileURLToPath(new URL('./copy-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, from, to], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  let steps = 0;
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
  child.stdout.setEncoding('utf8').on('data', (dots: string) => {
    steps += dots.length;
    if (steps >= afterSteps) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  if (child.exitCode !== null && child.exitCode !== 0) throw new Error(`the copy failed by itself: ${complaint}`);
  return { finished: child.exitCode === 0, steps };
}
