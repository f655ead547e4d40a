import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startServer } from '../../src/testing/server/start-server.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { contentsOf, makeShop, revisionFile, variablesFor } from './shop-project.ts';
import { canMount, smallDisk, type SmallDisk } from './small-disk.ts';

const onDisks = describe.skipIf(!canMount());

/** More than any of the small disks holds. */
const manySeeds = JSON.stringify(
  Array.from({ length: 40_000 }, (_, index) => ({ id: index + 10, name: `${index} of the many things on sale here` })),
);
const filler = revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'fill', [
  {
    kind: 'raw-sql',
    up: {
      sqlite: `create table filler as with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000) select 'row number ' || i as words from n`,
    },
    down: { any: 'drop table filler' },
  },
]);
const full = { 'migrations/2026-01-02_fill_bbbbbbbbbbbb.ts': filler, 'seeds/essential/product.json': manySeeds };
const diskFull = { exitCode: 1, code: 'DISK_FULL', hint: expect.any(String) as string };
const readOnly = { exitCode: 1, code: 'READ_ONLY', hint: expect.any(String) as string };

onDisks.each(['better-sqlite3', 'node'])('a disk under SQLite (%s)', (driver) => {
  test('that is full stops up and seed, and nothing is lost', async () => {
    using disk = mounted('1m');
    const { url, variables } = databaseOn(disk, driver);
    const directory = makeShop(full);
    await runCli(directory, ['up', '+1'], variables);
    const before = await contentsOf(url);

    expect(await refusal(directory, ['up'], variables)).toMatchObject(diskFull);
    expect(await refusal(directory, ['seed'], variables)).toMatchObject(diskFull);

    expect((await runCli(directory, ['current'], variables)).stdout).toBe('at aaaaaaaaaaaa, 1 pending\n');
    expect((await contentsOf(url)).counts).toMatchObject(before.counts);
    disk.remount('size=64m');
    expect(await runCli(directory, ['up'], variables)).toMatchObject({ exitCode: 0 });
    expect(await runCli(directory, ['seed'], variables)).toMatchObject({ exitCode: 0 });
    expect((await contentsOf(url)).counts).toMatchObject({ product: '40000', filler: '100000' });
  });

  test('that is full stops copy, which goes on once there is room', async () => {
    using disk = mounted('1m');
    const { url } = databaseOn(disk, driver);
    const directory = makeShop(full);
    const source = { DATABASE_URL: `sqlite+${driver}:///source.db` };
    await runCli(directory, ['up'], source);
    await runCli(directory, ['seed'], source);
    const words = ['copy', '--from', source.DATABASE_URL, '--to', url];

    expect(await refusal(directory, words)).toMatchObject(diskFull);

    disk.remount('size=64m');
    const again = await runCli(directory, [...words, '--json']);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await contentsOf(url)).counts).toMatchObject({ product: '40000', filler: '100000' });
  });

  test('that is read-only stops what writes', async () => {
    using disk = mounted('1m');
    const { url, variables } = databaseOn(disk, driver);
    const directory = makeShop({ 'migrations/2026-01-02_fill_bbbbbbbbbbbb.ts': filler });
    await runCli(directory, ['up', '+1'], variables);
    const before = await contentsOf(url);
    const files = readdirSync(disk.path);
    disk.remount('ro');

    for (const command of ['up', 'down', 'seed', 'stamp']) {
      expect(await refusal(directory, [command], variables)).toMatchObject({
        ...readOnly,
        message: `app: the database file ${join(disk.path, 'app.db')} is on a disk that is read-only`,
      });
    }

    expect(readdirSync(disk.path)).toEqual(files);
    disk.remount('rw');
    expect(await contentsOf(url)).toEqual(before);
  });

  test('that is read-only is named where the database would be made', async () => {
    using disk = mounted('1m');
    disk.remount('ro');
    const { variables } = databaseOn(disk, driver);

    const said = await refusal(makeShop(), ['up'], variables);

    expect(said).toMatchObject(readOnly);
    expect(said.message).toContain(join(disk.path, 'app.db'));
    expect(readdirSync(disk.path)).toEqual([]);
  });
});

onDisks('a disk under the project', () => {
  test.each([
    ['that is full', '4k', undefined, 'DISK_FULL', 'the disk is full'],
    ['that is read-only', '1m', 'ro', 'READ_ONLY', 'the disk is read-only'],
  ])('%s leaves no half of a project', async (_title, size, remount, code, says) => {
    using disk = mounted(size);
    if (remount !== undefined) disk.remount(remount);

    const said = await refusal(makeShop(), ['init', disk.path], {});

    expect(said).toMatchObject({ exitCode: 1, code, hint: expect.any(String) as string });
    expect(said.message).toContain(`: ${says}`);
    expect(said.message).toContain(disk.path);
    expect(readdirSync(disk.path)).toEqual([]);
  });
});

onDisks('a full disk under PostgreSQL', () => {
  test('stops up, and nothing is lost', async () => {
    using disk = mounted('120m');
    // Without room for its log the server would stop; what a table is filled with is not logged on this level.
    const settings = { wal_level: 'minimal', max_wal_senders: 0 };
    await using server = await startServer({ engine: 'postgresql', directory: disk.path, settings });
    const url = server.url('postgres');
    const variables = variablesFor(url);
    const directory = makeShop({ 'migrations/2026-01-02_fill_bbbbbbbbbbbb.ts': postgresFiller });
    await runCli(directory, ['up', '+1'], variables);
    const before = await contentsOf(url);

    expect(await refusal(directory, ['up'], variables)).toMatchObject(diskFull);

    expect(await contentsOf(url)).toEqual(before);
    expect((await runCli(directory, ['current'], variables)).stdout).toBe('at aaaaaaaaaaaa, 1 pending\n');
  });
});

const postgresFiller = revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'fill', [
  {
    kind: 'raw-sql',
    up: { postgresql: 'create table filler as select repeat(md5(i::text), 30) from generate_series(1, 400000) i' },
    down: { any: 'drop table filler' },
  },
]);

function mounted(size: string): SmallDisk {
  const disk = smallDisk(size);
  if (disk === undefined) throw new Error('the disk could not be mounted');
  return disk;
}

function databaseOn(disk: SmallDisk, driver: string): { url: string; variables: Readonly<Record<string, string>> } {
  const url = `sqlite+${driver}:///${join(disk.path, 'app.db')}`;
  return { url, variables: variablesFor(url) };
}
