import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** 15 minutes: longer than a first installation on a slow line. */
const patienceMs = 15 * 60_000;

/**
 * Runs `work` while this process alone holds the lock file; a lock whose owner died is taken over.
 *
 * @template T
 * @param {string} path
 * @param {() => T} work
 * @returns {T}
 */
export function withLockFile(path, work) {
  const deadline = Date.now() + patienceMs;
  while (!tryLock(path)) {
    if (Date.now() > deadline) throw new Error(`${path} is still held by process ${owner(path)}`);
    sleep(200);
  }
  try {
    return work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (owner(path) !== undefined && !isAlive(owner(path))) rmSync(path, { force: true });
    return false;
  }
}

function owner(path) {
  try {
    const text = readFileSync(path, 'utf8');
    return text === '' ? undefined : Number(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
