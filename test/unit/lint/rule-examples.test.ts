import { describe, expect, test } from 'vitest';
import { lintScript } from '../../../src/migration/lint/lint-script.ts';
import { measuredRules, rulesFor } from '../../../src/migration/lint/rules.ts';
import { lintDialects } from './lint-dialects.ts';

const measured = new Set(measuredRules.map(({ code }) => code));

describe.each(lintDialects.map((dialect) => [dialect.name, dialect] as const))('the rules for %s', (_name, dialect) => {
  const rules = rulesFor(dialect).filter(({ code }) => !measured.has(code));
  const codes = (script: string): readonly string[] =>
    lintScript(script, dialect, { file: 'example.sql', verbose: true }).map(({ code }) => code);

  test.each(rules.map((rule) => [rule.code, rule] as const))('%s finds fault with its bad example', (code, { bad }) => {
    expect(codes(bad)).toContain(code);
  });

  test.each(rules.map((rule) => [rule.code, rule] as const))('%s leaves its good example alone', (code, { good }) => {
    expect(codes(good)).not.toContain(code);
  });

  test('have a code each', () => {
    const all = rules.map(({ code }) => code);

    expect(all.length).toBeGreaterThan(20);
    expect(all).toEqual([...new Set(all)]);
    expect(all.filter((code) => !/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(code))).toEqual([]);
  });
});
