import { expect, test } from 'vitest';
import { previewOutcome } from '../../../src/cli/render/preview.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { previewUpgrade } from '../../../src/migration/run/preview.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { addColumn, createTable, revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

const shelves = revision('r1', [], [createTable('shelf')]);
const columns = revision(
  'r2',
  ['r1'],
  ['label', 'colour', 'place'].map((name) => addColumn('shelf', name)),
);
const index = revision(
  'r3',
  ['r2'],
  [
    {
      kind: 'create-index',
      table: { name: 'shelf' },
      index: { name: 'shelf_label_idx', keys: [{ column: 'label' }], unique: false },
    },
    addColumn('shelf', 'height'),
  ],
);

describeServers(['mysql', 'mariadb'], 'what a server agrees to', (server) => {
  test('is shown by a dry run that may ask, and is what then runs and stands in the ledger', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [shelves, columns, index]);
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: 'insert into shelf (id) values (1), (2)' }, []);
    const before = await bench.inspect();

    const silent = previewOutcome(await previewUpgrade(bench.context));
    const asked = previewOutcome(await previewUpgrade(bench.context, 'head', { asksServer: true }));

    expect(silent.lines.join('\n')).not.toContain('algorithm=');
    expect(asked.lines.filter((line) => /^alter table .*, algorithm=instant.*;$/.test(line))).toHaveLength(4);
    expect(asked.lines).toContain('-- shelf: nobody waits');
    expect(await bench.inspect()).toEqual(before);
    await upgrade(bench.context);
    const ran = (await plans(bench)).slice(1).flat();
    expect(ran).toEqual(asked.lines.filter((line) => !line.startsWith('--')).map((line) => line.slice(0, -1)));
  });

  test('is known again by the run that goes on from one that was cut short', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [shelves, columns]);
    await upgrade(bench.context, 'r1');
    await stopAfterFirst(bench);
    const before = await plans(bench);
    expect(before[1]?.[0]).toMatch(/, algorithm=instant/);

    const { resumed } = await upgrade(bench.context);

    expect(resumed).toBe(true);
    expect(await plans(bench)).toEqual(before);
    expect((await migrationStatus(bench.context)).unfinished).toBeUndefined();
    const { tables } = await bench.inspect();
    expect(tables.flatMap((table) => table.columns.map(({ name }) => name))).toContain('place');
  });

  test('may be something else for the rest of it, and the ledger says what ran', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [shelves, columns]);
    await upgrade(bench.context, 'r1');
    await stopAfterFirst(bench);
    const sql = `update rowhouse_ledger set plan = replace(plan, 'algorithm=instant', 'algorithm=copy') where revision = 'r2'`;
    await bench.database.run({ sql }, []);

    await upgrade(bench.context);

    const [, texts = []] = await plans(bench);
    expect(texts[0]).toMatch(/, algorithm=copy/);
    expect(texts[2]).toMatch(/, algorithm=instant/);
  });

  test('cannot hide that the revision would be run differently now', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [shelves, columns]);
    await upgrade(bench.context, 'r1');
    await stopAfterFirst(bench);
    const sql = `update rowhouse_ledger set plan = replace(plan, 'colour', 'color') where revision = 'r2'`;
    await bench.database.run({ sql }, []);

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'LEDGER_INVALID' });
  });
});

async function plans(bench: Bench): Promise<readonly (readonly string[])[]> {
  return (await bench.ledger()).map(({ plan }) => JSON.parse(plan) as readonly string[]);
}

async function stopAfterFirst(bench: Bench): Promise<void> {
  const stop = new AbortController();
  const context = {
    ...bench.context,
    signal: stop.signal,
    onProgress: ({ statement, stage }: { readonly statement: number; readonly stage: string }) => {
      if (statement === 0 && stage === 'ran') stop.abort();
    },
  };
  await expect(upgrade(context)).rejects.toMatchObject({ code: 'CANCELLED' });
}
