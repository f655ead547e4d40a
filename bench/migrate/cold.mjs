import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a program of its own and waits for it. `cpuMs` is the user and system time of it and of all its children, as the
 * shell's `times` tells them.
 */
export function runCold(words, { directory, environment = {}, expect = [0] }) {
  const folder = mkdtempSync(join(tmpdir(), 'rowhouse-cold-'));
  const output = join(folder, 'output');
  try {
    const start = performance.now();
    const run = spawnSync('/bin/sh', ['-c', script, output, ...words], {
      cwd: directory,
      env: { ...process.env, ...environment },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const wallMs = performance.now() - start;
    const text = readFileSync(output, 'utf8');
    if (!expect.includes(run.status)) {
      throw new Error(`${words.join(' ')} ended with ${run.status}: ${run.stderr.slice(-2000)}${text.slice(-2000)}`);
    }
    return { wallMs, cpuMs: childrenCpu(run.stdout), text };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const script = '"$@" >"$0"; code=$?; times; exit $code';

/** The second line is about the children: `0m1.230000s 0m0.110000s`. */
function childrenCpu(text) {
  const [, line = ''] = text.trim().split('\n');
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 1000 * (60 * Number(minutes) + Number(seconds)),
    0,
  );
}
