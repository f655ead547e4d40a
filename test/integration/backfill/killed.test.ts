import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openBench } from '../migration/open-bench.ts';
import { countCustomers, customers, fillContact, insertCustomers } from './customers.ts';

describeEachServer('a backfill whose process was killed', (server) => {
  test('is finished by the next run, which does no batch again', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, customers({ ...fillContact, batchRows: 500 }));
    await upgrade(bench.context, 'r1');
    await insertCustomers(bench.database, 5_000);
    const doneBefore = await killAfter(temporary.url, 2_000);
    await bench.database.run({ sql: "update customer set contact = 'by hand' where contact is not null" }, []);
    const told: number[] = [];

    const { resumed } = await upgrade({
      ...bench.context,
      onProgress: ({ filled }) => filled !== undefined && told.push(filled.rowsDone),
    });

    expect(doneBefore).toBe(2_000);
    expect(resumed).toBe(true);
    expect([told[0], told.at(-1)]).toEqual([2_500, 5_000]);
    expect(await countCustomers(bench.database, "contact = 'by hand'")).toBe(2_000);
    expect(await countCustomers(bench.database, 'contact = email')).toBe(3_000);
  });
});

/** Upgrades in a process of its own and kills it once that many rows are filled in; gives how many there were. */
async function killAfter(url: string, rows: number): Promise<number> {
  const program = fileURLToPath(new URL('./upgrade-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, url, String(rows)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
  const ended = once(child, 'exit');
  const outcome = await Promise.race([once(child.stdout, 'data'), ended.then(() => undefined)]);
  if (outcome === undefined) throw new Error(`the upgrade ended by itself: ${complaint}`);
  child.kill('SIGKILL');
  await ended;
  return Number(String(outcome[0]));
}
