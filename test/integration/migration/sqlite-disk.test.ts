import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { bookshop, rawSql, revision } from './history.ts';
import { openBench } from './open-bench.ts';

const filler = revision(
  'r4',
  ['r3'],
  [
    rawSql(
      "insert into author (name) with recursive n (i) as (select 1 union all select i + 1 from n where i < 50000) select 'name of author ' || i from n",
      'delete from author',
    ),
  ],
);

test.for(['better-sqlite3', 'node'])('a full disk is told, and nothing is lost (%s)', async (driver, { skip }) => {
  await using disk = smallDisk();
  if (disk === undefined) return skip('this process may not mount a file system');
  const url = `sqlite+${driver}:///${join(disk.path, 'app.db')}`;
  await using bench = await openBench(url, [...bookshop, filler]);
  await upgrade(bench.context, 'r3');
  const before = await bench.inspect();

  const error: unknown = await upgrade(bench.context).catch((reason: unknown) => reason);

  expect(RowhouseError.has(error, 'DISK_FULL') && error.details).toMatchObject({ revision: 'r4' });
  expect(await bench.inspect()).toEqual(before);
  expect((await migrationStatus(bench.context)).current).toEqual(['r3']);
  expect((await bench.database.run({ sql: 'pragma integrity_check' }, [])).rows).toEqual([['ok']]);
});

test.for(['better-sqlite3', 'node'])(
  'a disk that cannot be written is told, and nothing is lost (%s)',
  async (driver, { skip }) => {
    await using disk = smallDisk();
    if (disk === undefined) return skip('this process may not mount a file system');
    const url = `sqlite+${driver}:///${join(disk.path, 'app.db')}`;
    {
      await using bench = await openBench(url, bookshop);
      await upgrade(bench.context, 'r1');
    }
    execFileSync('mount', ['-o', 'remount,ro', disk.path]);

    const error: unknown = await (async () => {
      await using bench = await openBench(url, bookshop);
      return await upgrade(bench.context);
    })().catch((reason: unknown) => reason);
    execFileSync('mount', ['-o', 'remount,rw', disk.path]);

    // SQLite cannot even open a database in its write-ahead mode there, and does not say why; we look.
    expect(error).toMatchObject({ code: 'READ_ONLY', hint: expect.stringContaining('written') as string });
    await using bench = await openBench(url, bookshop);
    expect((await migrationStatus(bench.context)).current).toEqual(['r1']);
  },
);

/** A file system of 1 MiB; undefined where this process may not mount one. */
function smallDisk(): ({ readonly path: string } & AsyncDisposable) | undefined {
  const path = mkdtempSync(join(tmpdir(), 'rowhouse-disk-'));
  chmodSync(path, 0o755);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    rmSync(path, { recursive: true });
    return undefined;
  }
  return {
    path,
    async [Symbol.asyncDispose]() {
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true });
    },
  };
}
