import { existsSync, readFileSync } from 'node:fs';
import { conformanceTable } from '../conformance/table.mjs';

/**
 * Prints what ran and how it went; the very last line is the count.
 *
 * @param {{ outcomes: readonly import('./run-step.mjs').Outcome[], report: string, matrix: string }} run
 * @returns {boolean} true when every step and every test passed
 */
export function printSummary({ outcomes, report, matrix }) {
  const tests = readTests(report);
  section('steps', outcomes.map(stepLine));
  section(`skipped tests: ${tests.skipped.length}`, tests.skipped);
  section('conformance', tests.conformance);
  section('failed tests', tests.failed);
  section('servers', existsSync(matrix) ? readFileSync(matrix, 'utf8').trimEnd().split('\n') : []);
  const failed = tests.failed.length + outcomes.filter((outcome) => !outcome.ok && outcome.name !== 'tests').length;
  // The test step can fail without a failed test: a file that does not load, a server that does not start.
  const unexplained = tests.failed.length === 0 && outcomes.some((outcome) => outcome.name === 'tests' && !outcome.ok);
  const count = failed + (unexplained ? 1 : 0);
  console.log(`\n${tests.passed} passed, ${count} failed`);
  return count === 0 && tests.passed > 0;
}

function stepLine({ name, ok, seconds }) {
  return `${name.padEnd(12)}${ok ? 'ok' : 'FAILED'}  ${seconds.toFixed(1)} s`;
}

function section(title, lines) {
  if (lines.length > 0) console.log(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

function readTests(report) {
  if (!existsSync(report)) return { passed: 0, failed: [], skipped: [], conformance: [] };
  const results = JSON.parse(readFileSync(report, 'utf8'));
  const files = results.testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  const namesOf = (...states) => tests.filter((test) => states.includes(test.status)).map((test) => test.fullName);
  const unloaded = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: namesOf('passed').length,
    failed: [...namesOf('failed'), ...unloaded.map((file) => `${file.name}: ${file.message.split('\n')[0]}`)],
    conformance: conformanceTable(results).lines,
    // A test that is skipped has its reason as its name.
    skipped: namesOf('pending', 'skipped', 'todo', 'disabled'),
  };
}
