import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

test('the reference pages are those of the code (node scripts/reference.mjs writes them)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/reference.mjs', '--check'], { encoding: 'utf8' });

  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('every link from one page to another leads somewhere', () => {
  const files = [...globSync('*.md'), ...globSync('docs/**/*.md'), ...globSync('examples/**/*.md')];
  const broken = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => join(dirname(file), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${file} → ${target}`),
  );

  expect(files.length).toBeGreaterThan(10);
  expect(broken).toEqual([]);
});
