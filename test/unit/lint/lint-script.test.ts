import { describe, expect, test } from 'vitest';
import type { LintOptions } from '../../../src/migration/lint/judge-steps.ts';
import { refuseUnknownCodes } from '../../../src/migration/lint/lint-settings.ts';
import { lintScript } from '../../../src/migration/lint/lint-script.ts';
import { lintDialect } from './lint-dialects.ts';

function codesIn(script: string, options: Partial<LintOptions> = {}, engine = 'postgresql'): readonly string[] {
  return lintScript(script, lintDialect(engine), { file: 'db/next.sql', ...options })
    .filter(({ severity }) => severity !== 'advice')
    .map(({ code }) => code)
    .filter((code) => code !== 'require-lock-timeout');
}

describe('an exception', () => {
  test('holds for the statement below it and no further', () => {
    const script = '-- rowhouse: allow drop-table: copied in May\ndrop table a;\ndrop table b;';

    expect(codesIn(script)).toEqual(['drop-table']);
  });

  test('without a reason is an error itself', () => {
    expect(codesIn('-- rowhouse: allow drop-table\ndrop table a;')).toEqual(['suppression-without-reason']);
  });

  test('of another rule changes nothing', () => {
    expect(codesIn('-- rowhouse: allow drop-column: no\ndrop table a;')).toEqual(['drop-table']);
  });
});

describe('what came before in the file', () => {
  test('makes a table new, until it is filled', () => {
    const made = 'create table a (id bigint primary key);\n';
    const index = 'create index a_id on a (id);';

    expect(codesIn(made + index)).toEqual([]);
    expect(codesIn(`${made}insert into a values (1);\n${index}`)).toEqual(['create-index-blocks-writes']);
  });

  test('counts whatever namespace is written', () => {
    expect(codesIn('create table app.a (id bigint primary key);\ncreate index a_id on a (id);')).toEqual([]);
  });

  test('opens the transaction in which an index cannot be built concurrently', () => {
    const index = 'create index concurrently i on a (id);';

    expect(codesIn(index)).toEqual([]);
    expect(codesIn(`begin;\n${index}\ncommit;`)).toEqual(['concurrent-in-transaction']);
    expect(codesIn(index, { managed: true })).toEqual(['concurrent-in-transaction']);
  });
});

describe('text that only looks like a statement', () => {
  test.each([
    ['in a comment', '/* drop table a; */ select 1;'],
    ['in a constant', "select 'drop table a';"],
    ['in a dollar quote', 'do $body$ begin drop table a; end $body$;'],
    ['as a quoted name', 'select "drop table a" from b;'],
  ])('is left alone %s', (_where, script) => {
    expect(codesIn(script)).toEqual([]);
  });
});

describe('a finding', () => {
  test('names file, line and column, and no constant', () => {
    const script = "\nselect 1;\n  update account set password = 'hunter2', note = $$secret$$;";

    const [finding] = lintScript(script, lintDialect('postgresql'), { file: 'db/next.sql' });

    expect(finding).toMatchObject({ file: 'db/next.sql', line: 3, column: 3, code: 'update-without-where' });
    expect(finding?.statement).toBe("update account set password = '…', note = $$…$$");
  });

  test('shows no more than 80 characters', () => {
    const [finding] = lintScript(`update account set ${'a = 1, '.repeat(40)}b = 2`, lintDialect('mysql'), {
      file: 'a',
    });

    expect(finding?.statement).toHaveLength(80);
  });

  test('is as grave as the project says, and the last path that matches says more', () => {
    const settings = {
      rules: { 'drop-table': 'warning' },
      paths: [{ path: 'db/*.sql', rules: { 'drop-table': 'off' } }],
    } as const;

    expect(codesIn('drop table a;', { settings })).toEqual([]);
    expect(codesIn('drop table a;', { settings, file: 'other/next.sql' })).toEqual(['drop-table']);
  });

  test('of a rule that is not there is refused before anything is judged', () => {
    expect(() => refuseUnknownCodes({ rules: { 'drop-tabel': 'off' } }, new Set(['drop-table']))).toThrow(/drop-tabel/);
  });
});

test.each([
  ['mysql', 'alter table a add column b int not null;', ['require-lock-wait-timeout', 'add-required-column-fills-in']],
  [
    'mariadb',
    'start transaction;\ncreate table a (id bigint primary key) engine=InnoDB;\ncommit;',
    ['definition-in-transaction'],
  ],
  [
    'sqlite',
    'begin;\npragma foreign_keys = off;\ndrop table a;\ncommit;',
    ['foreign-keys-pragma-in-transaction', 'drop-table'],
  ],
])('on %s: %s', (engine, script, expected) => {
  expect([...codesIn(script, {}, engine)].toSorted()).toEqual(expected.toSorted());
});

test('a statement that is not understood is told of only when asked for', () => {
  const all = (verbose: boolean): readonly string[] =>
    lintScript('do $$ begin end $$;', lintDialect('postgresql'), { file: 'a', verbose }).map(({ code }) => code);

  expect(all(false)).toEqual([]);
  expect(all(true)).toEqual(['not-understood']);
});
