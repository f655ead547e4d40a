import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own that can be made full or read-only. */
export interface SmallDisk extends Disposable {
  readonly path: string;
  remount(options: string): void;
}

/** Undefined where this process may not mount one. */
export function smallDisk(size: string): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'rowhouse-disk-'));
  chmodSync(path, 0o777);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    rmSync(path, { recursive: true });
    return undefined;
  }
  return {
    path,
    remount: (options) => void execFileSync('mount', ['-o', `remount,${options}`, path]),
    [Symbol.dispose]() {
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true });
    },
  };
}

/** May this process mount file systems? Where not, tests of disks are skipped, and say so. */
export function canMount(): boolean {
  using disk = smallDisk('64k');
  if (disk === undefined) console.warn('!! SKIPPED: tests of full and read-only disks need the right to mount');
  return disk !== undefined;
}
