import { spawnSync } from 'node:child_process';

/**
 * @typedef {{ name: string, ok: boolean, seconds: number }} Outcome
 *
 * @param {{ name: string, line: string, directory: string, env: NodeJS.ProcessEnv }} step
 * @returns {Outcome}
 */
export function runStep({ name, line, directory, env }) {
  console.log(`\n== ${name}: ${line}`);
  const started = performance.now();
  const { status } = spawnSync('sh', ['-c', line], { cwd: directory, env, stdio: 'inherit' });
  return { name, ok: status === 0, seconds: (performance.now() - started) / 1000 };
}
