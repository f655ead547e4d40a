// Proves the project on a machine that has no more than an old Node, npm and apt: `node scripts/verify.mjs`.
// The last lines say which servers the tests ran on and how many passed.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions } from './read-options.mjs';
import { runStep } from './verify/run-step.mjs';
import { printSummary } from './verify/summary.mjs';

readOptions(import.meta.url);
const project = dirname(dirname(fileURLToPath(import.meta.url)));
const results = mkdtempSync(join(tmpdir(), 'rowhouse-verify-'));
const report = join(results, 'tests.json');
const matrix = join(results, 'matrix.txt');

/** Each step: what it is called, and the command that does it. All run even when one before them failed, but for the first. */
const steps = [
  ...(isInstalled() ? [] : [['packages', 'npm ci --no-audit --no-fund']]),
  ['servers', 'node scripts/servers.mjs'],
  ['format', 'npm run --silent check:format'],
  ['lint', 'npm run --silent check:lint'],
  ['types', 'npm run --silent check:types'],
  ['unused', 'npm run --silent check:unused'],
  ['build', 'npm run --silent build'],
  ['tests', `vitest run --reporter=default --reporter=json --outputFile.json=${report}`],
];

const env = {
  ...process.env,
  // The pinned Node and the tools of the project go before those of the machine.
  PATH: `${join(project, 'node_modules/.bin')}:${process.env['PATH']}`,
  ROWHOUSE_MATRIX_FILE: matrix,
};

const outcomes = [];
for (const [name, line] of steps) {
  outcomes.push(runStep({ name, line, directory: project, env }));
  if (name === 'packages' && !outcomes[0].ok) break; // nothing else can run
}
const passed = printSummary({ outcomes, report, matrix });
rmSync(results, { recursive: true, force: true });
process.exitCode = passed ? 0 : 1;

function isInstalled() {
  return existsSync(join(project, 'node_modules/.package-lock.json'));
}
