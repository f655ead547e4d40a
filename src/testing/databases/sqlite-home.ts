import { access, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DatabaseHome, Template } from '../database/database-home.ts';
import type { Leak } from '../leak/leak.ts';

/** Databases of SQLite: files in the directory of the administrative URL, which is itself the URL of a file in it. */
export const sqliteHome: DatabaseHome = { create, drop, clone, findLeaks, serverVersion };

async function create(admin: string): Promise<void> {
  await mkdir(dirname(filePath(admin)), { recursive: true }); // the file itself is made by the first connection
}

async function drop(admin: string, name: string): Promise<void> {
  const file = join(dirname(filePath(admin)), name);
  for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(`${file}${suffix}`, { force: true });
}

async function clone(admin: string, name: string, template: Template): Promise<void> {
  const directory = dirname(filePath(admin));
  await mkdir(directory, { recursive: true });
  const ready = join(directory, `${template.name}.ready`);
  if (!(await exists(ready))) await makeOnce(join(directory, template.name), ready, template);
  await copyFile(ready, join(directory, name));
}

/** Templates being made: tests of one process may ask for the same one at once, and other processes have other directories. */
const making = new Map<string, Promise<void>>();

async function makeOnce(file: string, ready: string, template: Template): Promise<void> {
  const made = making.get(ready) ?? makeTemplate(file, ready, template).finally(() => making.delete(ready));
  making.set(ready, made);
  await made;
}

async function makeTemplate(file: string, ready: string, template: Template): Promise<void> {
  await template.prepare();
  intoOneFile(file);
  await rename(file, ready);
}

/** What is still in the write-ahead log goes into the file, which is then all there is. */
function intoOneFile(file: string): void {
  using database = new DatabaseSync(file);
  database.exec('pragma wal_checkpoint(truncate)');
}

async function findLeaks(url: string): Promise<readonly Leak[]> {
  const file = filePath(url);
  if (!(await exists(file))) return [];
  using database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('begin exclusive; rollback');
    return [];
  } catch (error) {
    if (!isBusy(error)) throw error;
    return [{ kind: 'lock', session: '', detail: 'somebody holds a lock on the file' }];
  }
}

async function serverVersion(): Promise<string> {
  return process.versions['sqlite'] ?? '';
}

/** `sqlite+node:////abs/path` → `/abs/path`. */
function filePath(url: string): string {
  return decodeURIComponent(url.replace(/^sqlite(\+[a-z0-9-]+)?:\/\/\//, ''));
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (error.errcode === 5 || error.errcode === 6);
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
