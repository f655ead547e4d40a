import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeShop, revisionFile } from './shop-project.ts';
import { runCli } from './run-cli.ts';

const rowhouse = `'${process.execPath}' '${resolve('dist/cli/bin.js')}'`;

/** Runs a line of shell in a directory; the environment leads to a database there. */
function shell(directory: string, line: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    cwd: directory,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATABASE_URL: 'sqlite:///app.db' },
  });
  return { status, output: stdout + stderr };
}

/** The same on a terminal of 80 columns. */
function onTerminal(directory: string, line: string): { readonly status: number | null; readonly output: string } {
  return shell(directory, `script -qec "stty cols 80; ${line}" /dev/null < /dev/null`);
}

/** What a person sees in the end: each line after its last return to the first column. */
function seen(output: string): readonly string[] {
  return output
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\u001B[2K') + 1).replace(/^\[2K/, ''));
}

const longStatement = `drop table product /* ${'nobody reads it any more '.repeat(3)}*/`;

const dropping = revisionFile(
  'bbbbbbbbbbbb',
  ['aaaaaaaaaaaa'],
  'the table is dropped, since nobody reads it any more',
  [{ kind: 'raw-sql', up: { any: longStatement }, down: { any: 'select 1' } }],
);

/** The words of an output, wherever its lines end and whichever stream came first. */
function wordsOf(output: string): readonly string[] {
  return output
    .split(/\s+/)
    .filter((word) => word !== '--')
    .toSorted();
}

describe('on a terminal', () => {
  test('progress is shown while work runs and gone when it is done', () => {
    const directory = makeShop();

    const { status, output } = onTerminal(directory, `${rowhouse} up`);

    expect(status).toBe(0);
    expect(output).toContain('█');
    expect(seen(output)).toEqual(['applied aaaaaaaaaaaa  first', '']);
  });

  test('progress is gone before an error is told', () => {
    const directory = makeShop({
      'migrations/2026-01-02_bad_bbbbbbbbbbbb.ts': `export default { id: 'bbbbbbbbbbbb', parents: ['aaaaaaaaaaaa'], message: 'bad',
  up: [{ kind: 'raw-sql', up: { any: 'create tabel x' }, down: { any: 'select 1' } }] };`,
    });

    const { status, output } = onTerminal(directory, `${rowhouse} up`);

    expect(status).toBe(1);
    expect(output).toContain('█');
    expect(seen(output)[0]).toMatch(/^error: app: /);
  });

  test('no line of a table is longer than the terminal', async () => {
    const directory = makeShop();
    await runCli(directory, ['up'], { DATABASE_URL: 'sqlite:///app.db' });

    for (const words of ['config', 'history', 'current', '--help', 'serve --help']) {
      const { output } = onTerminal(directory, `${rowhouse} ${words}`);
      expect(Math.max(...seen(output).map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  test.each([
    ['up --dry-run', '-- up bbbbbbbbbbbb  the table is dropped'],
    ['lint --severity advice', '  > drop table'],
    ['up there-is-no-revision-of-this-long-name-and-there-never-was', 'error: app: '],
    ['show there-is-no-revision-of-this-long-name-and-there-never-was', 'error: '],
  ])('sentences of %s go on below where they would pass its edge, statements do not', (command, shown) => {
    const directory = makeShop({ 'migrations/2026-01-02_drop_bbbbbbbbbbbb.ts': dropping });

    const whole = shell(directory, `${rowhouse} ${command}`).output;
    const laidOut = seen(onTerminal(directory, `${rowhouse} ${command}`).output);

    expect(laidOut.join('\n')).toContain(shown);
    expect(laidOut.length).toBeGreaterThan(whole.split('\n').length);
    expect(laidOut.filter((line) => line.length > 80 && !line.includes(longStatement))).toEqual([]);
    expect(wordsOf(laidOut.join('\n'))).toEqual(wordsOf(whole));
  });
});

describe('in a pipe', () => {
  test('there is no progress and no colour', async () => {
    const { stdout, stderr } = await runCli(makeShop(), ['up'], { DATABASE_URL: 'sqlite:///app.db' });

    expect([stdout, stderr]).toEqual(['applied aaaaaaaaaaaa  first\n', '']);
  });

  test.each([
    ['--help | true', '0 0'],
    ['config --json | head -1', '0 0'],
    ['up | true', '0 0'],
    ['up nope 2> >(true)', '2'],
  ])('a reader that goes away early changes nothing: %s', (words, codes) => {
    const { output } = shell(makeShop(), `${rowhouse} ${words}; echo "codes \${PIPESTATUS[@]}"`);

    expect(output).toContain(`codes ${codes}\n`);
    expect(output).not.toContain('EPIPE');
  });

  test('output that cannot be written is a failure', () => {
    const { status, output } = shell(makeShop(), `${rowhouse} config > /dev/full`);

    expect(status).toBe(1);
    expect(output).toMatch(/^error: stdout cannot be written: ENOSPC.*\n$/);
  });
});

describe('words', () => {
  const directory = makeShop();

  test.each([
    [['--json'], '--json needs a command before it'],
    [['serve', '--port', '99999'], '--port is not a whole number from 0 to 65535'],
    [['wait', '--timeout', '-5'], '--timeout is not a number of seconds from 0 to 86400'],
    [['copy', '--from', 'sqlite:///a.db', '--to', 'sqlite:///b.db', '--batch', '0'], '--batch is not a whole number'],
    [['revision', '--message', ''], '--message is missing'],
    [['seed', '--class', 'nope'], 'there is no seed class nope'],
    [['up', '--service', 'nope'], 'the project has no service nope'],
    [['copy', '--from', 'env:NOPE', '--to', 'sqlite:///b.db'], '--from names the variable NOPE, which is not set'],
  ])('%o are refused with exit code 2', async (words, message) => {
    const { exitCode, stderr } = await runCli(directory, words, { DATABASE_URL: 'sqlite:///app.db' });

    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error: ${message}`);
  });

  test('help of a command is its page', async () => {
    const [page, help] = [await runCli(directory, ['up', '--help']), await runCli(directory, ['help', 'up'])];

    expect(help).toEqual(page);
  });
});
