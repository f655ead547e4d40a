import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lintScript } from '../../../src/migration/lint/lint-script.ts';
import { differences, needlessFixes, ourCodes } from './squawk-rules.ts';
import { lintDialect } from './lint-dialects.ts';

interface SquawkCase {
  readonly id: string;
  readonly rule: string;
  readonly sql: string;
  readonly ok: boolean;
  readonly settings: { readonly pgVersion?: string; readonly assumeInTransaction?: boolean } | null;
  readonly violations: readonly { readonly rule: string; readonly line: number }[];
}

interface SquawkFix {
  readonly rule: string;
  readonly sql: string;
  readonly fixed: string;
}

const dialect = lintDialect('postgresql');
const read = (name: string): string =>
  readFileSync(new URL(`../../../../shared/cases/${name}`, import.meta.url), 'utf8');
const cases = JSON.parse(read('squawk.json')) as readonly SquawkCase[];
const fixes = (JSON.parse(read('squawk-fixes.json')) as readonly SquawkFix[]).filter(
  ({ sql }) => needlessFixes[sql.trim()] === undefined,
);

/** The lines on which one of our rules for squawk's finds fault. */
function linesOf({ sql, settings }: Pick<SquawkCase, 'sql' | 'settings'>, rule: string): readonly number[] {
  const codes = ourCodes[rule] ?? [];
  const findings = lintScript(sql, dialect, {
    file: 'case.sql',
    managed: settings?.assumeInTransaction === true,
    majorVersion: settings?.pgVersion === undefined ? undefined : Number(settings.pgVersion),
  });
  return findings.filter(({ code }) => codes.includes(code)).map(({ line }) => line);
}

describe("squawk's cases", () => {
  test('are all there, and each difference is one of them', () => {
    expect(cases.length).toBe(86);
    expect(Object.keys(differences).filter((id) => !cases.some((one) => one.id === id))).toEqual([]);
  });

  const same = cases.filter(({ id }) => differences[id] === undefined);
  test.each(same.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const rules = one.ok ? [one.rule] : [...new Set(one.violations.map(({ rule }) => rule))];

    for (const rule of rules) {
      const expected = one.violations.filter((violation) => violation.rule === rule).map(({ line }) => line);
      expect([...new Set(linesOf(one, rule))]).toEqual([...new Set(expected)]);
    }
  });
});

describe("squawk's safe rewrites", () => {
  test.each(fixes.map((fix) => [fix.rule, fix.sql.trim(), fix] as const))('%s: %s', (_rule, _sql, fix) => {
    expect(linesOf({ sql: fix.sql, settings: null }, fix.rule)).not.toEqual([]);
    expect(linesOf({ sql: fix.fixed, settings: null }, fix.rule)).toEqual([]);
  });

  test('are all there but for the needless one', () => {
    expect(fixes.length).toBe(36);
  });
});
