import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copy } from '../../../src/ops/copy/copy.ts';
import { sqliteFiles } from '../../../src/testing/database/sqlite-files.ts';
import { temporaryDatabase } from '../../../src/testing/database/temporary-database.ts';
import { loadSample } from '../../integration/pull/load-sample.ts';
import { openSample } from '../../integration/pull/open-sample.ts';

const directory = mkdtempSync(join(tmpdir(), 'rowhouse-full-'));
const isMounted = mount('-o', 'size=600k');
if (!isMounted) rmSync(directory, { recursive: true });

test.skipIf(!isMounted)('a copy into a full disk says so, and goes on once there is room', async () => {
  await using files = await sqliteFiles();
  await using origin = await temporaryDatabase(files, {
    prepare: async (url) => await loadSample('chinook', url),
    checkLeaks: false,
  });
  await using from = await openSample(origin.url);
  try {
    const target = `sqlite:///${join(directory, 'target.db')}`;
    {
      await using to = await openSample(target);
      await expect(copy({ from, to, batchRows: 100 })).rejects.toMatchObject({ code: 'DISK_FULL' });
    }
    mount('-o', 'remount,size=20m');
    await using to = await openSample(target);

    const report = await copy({ from, to, batchRows: 100 });

    expect(report.tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(15_607);
  } finally {
    execFileSync('umount', ['-l', directory]);
    rmSync(directory, { recursive: true });
  }
});

/** Mounting needs rights that not every machine gives. */
function mount(...options: readonly string[]): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', ...options, 'tmpfs', directory], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
