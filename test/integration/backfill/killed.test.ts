import { expect, test } from 'vitest';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { killWhenItSpeaks } from '../migration/kill-program.ts';
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
  return Number(await killWhenItSpeaks(new URL('./upgrade-process.ts', import.meta.url), [url, String(rows)]));
}
