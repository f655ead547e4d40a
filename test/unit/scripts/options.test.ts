import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

const scripts = [
  'bench/import.mjs',
  'bench/migrate.mjs',
  'bench/run.mjs',
  'scripts/cases/run.ts',
  'scripts/conformance.mjs',
  'scripts/quickstart.mjs',
  'scripts/reliability.mjs',
  'scripts/verify.mjs',
];

describe.each(scripts)('%s', (script) => {
  test('says what it does and takes, and does nothing else', () => {
    const { status, stdout, stderr } = run(script, '--help');

    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[A-Z].*[.:]\n/);
    expect(stdout.split('\n').filter((line) => line.length > 140)).toEqual([]);
  });

  test('refuses an option that it does not know', () => {
    const { status, stdout, stderr } = run(script, '--nonsense');

    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain("Unknown option '--nonsense'");
    expect(stderr).toContain(run(script, '--help').stdout);
  });
});

function run(script: string, option: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [script, option], { encoding: 'utf8' });
}
