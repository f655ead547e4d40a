// Proves on real servers that nothing is lost and nothing is told wrongly, and prints the figures: `npm run reliability`.
// With `-- --long`: 200 kills of everything that can be killed, and a minute of restarts. ROWHOUSE_SERVERS_ONLY narrows it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claims } from './reliability/claims.mjs';
import { readOptions } from './read-options.mjs';
import { reliabilityReport } from './reliability/report.mjs';

const { long } = readOptions(import.meta.url, { long: { type: 'boolean', default: false } });
const results = mkdtempSync(join(tmpdir(), 'rowhouse-reliability-'));
const report = join(results, 'tests.json');
const { status } = spawnSync(
  'vitest',
  [
    'run',
    ...new Set(claims.map(({ file }) => file)),
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, ...(long ? { ROWHOUSE_CHAOS: 'long' } : {}) },
  },
);
const isProved = print();
rmSync(results, { recursive: true, force: true });
process.exitCode = isProved && status === 0 ? 0 : 1;

function print() {
  if (!existsSync(report)) return false;
  const { lines, unproved } = reliabilityReport(claims, JSON.parse(readFileSync(report, 'utf8')));
  console.log(`\n${lines.join('\n')}`);
  return unproved === 0;
}
