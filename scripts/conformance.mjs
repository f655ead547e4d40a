// Runs the conformance suite on every server and prints what passed: `npm run conformance`.
// ROWHOUSE_SERVERS_ONLY=postgresql-15,mariadb narrows it to some servers.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformanceTable } from './conformance/table.mjs';
import { readOptions } from './read-options.mjs';

readOptions(import.meta.url);
const results = mkdtempSync(join(tmpdir(), 'rowhouse-conformance-'));
const report = join(results, 'tests.json');
const { status } = spawnSync(
  'vitest',
  ['run', '--project', 'conformance', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  { stdio: 'inherit' },
);
const isPrinted = print();
rmSync(results, { recursive: true, force: true });
process.exitCode = isPrinted && status === 0 ? 0 : 1;

function print() {
  if (!existsSync(report)) return false;
  const { lines, passed, failed } = conformanceTable(JSON.parse(readFileSync(report, 'utf8')));
  console.log(`\n${lines.join('\n')}\n\n${passed} cases passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}
