import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

test('the quick start makes a database, serves it, asks it three things and closes', async () => {
  const child = spawn(process.execPath, ['scripts/quickstart.mjs', '--check'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));

  const [exitCode] = (await once(child, 'close')) as [number | null];

  expect(said).toContain('write the quarterly report');
  expect(said.match(/^\$ curl .*\n\{.*\}$/gm)).toHaveLength(3);
  expect(said).toMatch(/closed; nothing is left behind\n$/);
  expect(exitCode).toBe(0);
});
