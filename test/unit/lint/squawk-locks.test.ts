import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lintScript } from '../../../src/migration/lint/lint-script.ts';
import { lintDialect } from './lint-dialects.ts';

interface LockCase {
  readonly sql: string;
  readonly lock: string;
}

const file = new URL('../../../../shared/cases/squawk-locks.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly LockCase[];
const stopsWriters = new Set(['AccessExclusive', 'ShareRowExclusive']);

/** Statements whose limit we judge otherwise, and why. */
const differences: Readonly<Record<string, string>> = {
  'LOCK TABLE t IN ROW SHARE MODE;': 'a lock by hand is held for as long as the transaction, so it has a limit always',
};

test.each(cases.filter(({ sql }) => differences[sql] === undefined))(
  '$sql ($lock) needs a limit if it stops writers',
  ({ sql, lock }) => {
    const codes = lintScript(sql, lintDialect('postgresql'), { file: 'case.sql' }).map(({ code }) => code);

    expect(codes.includes('require-lock-timeout')).toBe(stopsWriters.has(lock));
  },
);

test('there are the cases that are known', () => {
  expect(cases.length).toBe(21);
});
