import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openBench } from '../../integration/migration/open-bench.ts';
import { insertParcels, leftovers, parcelHistory, parcelRows } from '../../integration/online/parcels.ts';
import { plainly } from '../../integration/online/plainly.ts';

describeServers(['mysql', 'mariadb'], 'a change that is made in steps', (server) => {
  test.each([
    ['a type', 12],
    ['a foreign key', 2],
  ])('whose process is killed behind any of them is finished by the next run: %s', async (title, atLeast) => {
    const history = parcelHistory(title);
    const whole = await plainly(server, history);
    let point = 0;
    for (let isKilled = true; isKilled; point += 1) {
      await using temporary = await server.database({ checkLeaks: false });
      await using bench = await openBench(temporary.url, history);
      await upgrade(bench.context, 'r1');
      await insertParcels(bench.database, 1_500);
      isKilled = (await killed(temporary.url, title, point)) === 'SIGKILL';
      if (isKilled) expect((await migrationStatus(bench.context)).unfinished, `step ${point}`).toBeDefined();
      await writeSome(bench.database);
      const written = await parcelRows(bench.database);

      await upgrade(bench.context);

      expect(await parcelRows(bench.database), `step ${point}`).toEqual(written);
      expect(await bench.inspect(), `step ${point}`).toEqual(whole);
      expect(await leftovers(bench.database), `step ${point}`).toEqual([]);
    }
    expect(point).toBeGreaterThan(atLeast);
  });
});

/** Runs the upgrade in a process of its own; gives how it ended. */
async function killed(url: string, title: string, point: number): Promise<NodeJS.Signals | null> {
  const program = fileURLToPath(new URL('./killed-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, url, title, String(point)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

/** What others write while nobody goes on with the change. */
async function writeSome(database: Database): Promise<void> {
  await database.run({ sql: "update parcel set weight = weight + 1, state = 'gone' where id % 7 = 0" }, []);
  await database.run({ sql: 'delete from parcel where id % 11 = 0' }, []);
  await database.run({ sql: 'update parcel set id = id + 100000 where id % 13 = 0' }, []);
  await database.run({ sql: "insert into parcel (code, weight, state, depot) values ('late', 9, 'sent', 3)" }, []);
}
