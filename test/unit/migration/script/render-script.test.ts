import { expect, test } from 'vitest';
import type { DefinitionStatement } from '../../../../src/dialect/definition.ts';
import type { Dialect } from '../../../../src/dialect/dialect.ts';
import { sqliteScript } from '../../../../src/dialects/sqlite/script-syntax.ts';
import { engines } from '../../../../src/engines.ts';
import { renderScript } from '../../../../src/migration/script/render-script.ts';
import { splitStatements } from '../../../../src/migration/script/split-statements.ts';

async function script(engine: string, ...statements: readonly Partial<DefinitionStatement>[]): Promise<string> {
  const dialect = await dialectOf(engine);
  return renderScript(
    statements.map((one) => ({ sql: 'select 1', transactional: true, ...one })),
    dialect,
  );
}

async function dialectOf(engine: string): Promise<Dialect> {
  const dialect = await engines.find(({ name }) => name === engine)?.offlineDialect();
  if (dialect === undefined) throw new Error(`there is no engine ${engine}`);
  return dialect;
}

test('nothing to do is an empty script', async () => {
  expect(await script('postgresql')).toBe('');
});

test('statements that belong together are one transaction', async () => {
  expect(await script('postgresql', { sql: 'drop view v' }, { sql: 'drop table t;\n' })).toBe(
    'begin;\ndrop view v;\ndrop table t;\ncommit;\n',
  );
});

test('one statement is its own transaction', async () => {
  expect(await script('postgresql', { sql: 'drop table t' })).toBe('drop table t;\n');
});

test('a new segment begins a new transaction, and what must be alone is', async () => {
  const printed = await script(
    'postgresql',
    { sql: 'a' },
    { sql: 'b' },
    { sql: 'c', segment: 'start' },
    { sql: 'd' },
    { sql: 'e', segment: 'alone' },
    { sql: 'f' },
    { sql: 'g', transactional: false },
    { sql: 'h' },
  );

  expect(printed).toBe('begin;\na;\nb;\ncommit;\nbegin;\nc;\nd;\ncommit;\ne;\nf;\ng;\nh;\n');
});

test('an engine without transactional definitions gets none', async () => {
  expect(await script('mysql', { sql: 'drop view v' }, { sql: 'drop table t' })).toBe('drop view v;\ndrop table t;\n');
});

test('a routine of MySQL stands between delimiter lines, with a delimiter that it does not hold', async () => {
  expect(await script('mysql', { sql: 'create procedure p() begin select 1; end' })).toBe(
    'delimiter $$\ncreate procedure p() begin select 1; end\n$$\ndelimiter ;\n',
  );
  expect(await script('mysql', { sql: "create procedure p() begin select '$$'; end" })).toContain('delimiter //\n');
});

test('tables are made anew with references switched off before the transaction and on after it', async () => {
  const sessions = (await dialectOf('sqlite')).sessions;

  const copies = { from: '"t"', to: '"t_new"' };

  const printed = await script('sqlite', { sql: 'a' }, { sql: 'b', rebuilds: true, copies }, { sql: 'c' });

  const statements = splitStatements(printed.replaceAll(/^--.*\n/gm, ''), sqliteScript);
  expect(sessions.rebuild?.before).toEqual(['pragma foreign_keys = off']);
  expect(statements).toEqual([
    'pragma foreign_keys = off',
    'begin',
    ...(sessions.rebuild?.guard.begin ?? []),
    'a',
    'b',
    sessions.rebuild?.guard.copied(copies),
    'c',
    ...(sessions.rebuild?.guard.end([copies]) ?? []),
    'commit',
    'pragma foreign_keys = on',
  ]);
});

test('what references do is not switched off behind SQL by hand', async () => {
  const printed = await script('sqlite', { sql: 'a', needsReferences: true }, { sql: 'b', rebuilds: true });

  expect(printed).toMatch(/^a;\npragma foreign_keys = off;\nbegin;\n/);
});

test('what goes with its rows is said above the statement, before its note', async () => {
  const loses = [{ table: '"t"' }, { table: '"u"', column: '"a"' }];

  expect(await script('sqlite', { sql: 'a', loses, note: 'slow' })).toBe(
    '-- drops the rows of "t"\n-- drops the values of "u"."a"\n-- slow\na;\n',
  );
});

test('a note is a comment before its statement, and a comment at the end swallows no semicolon', async () => {
  expect(await script('postgresql', { sql: 'drop table t -- old', note: 'rows are dropped\nfor good' })).toBe(
    '-- rows are dropped\n-- for good\ndrop table t -- old\n;\n',
  );
});
