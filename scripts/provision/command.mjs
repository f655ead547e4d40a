import { spawnSync } from 'node:child_process';

/**
 * Runs a program to its end and returns what it wrote; a failure throws with the last lines of it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
export function command(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  if (done.error !== undefined) throw new Error(`${program} cannot be run: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`${program} failed: ${lastLines(done.stderr || done.stdout)}`);
  return done.stdout;
}

/** @param {string} program */
export function hasCommand(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

function lastLines(text) {
  return text.trim().split('\n').slice(-3).join(' | ');
}
