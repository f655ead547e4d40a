import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { engines } from '../../../src/engines.ts';
import { planUp } from '../../../src/migration/plan/revision-plan.ts';
import { loadRevisions } from '../../../src/migration/revision/load-revisions.ts';
import { renderRevision, writeRevision } from '../../../src/migration/revision/write-revision.ts';
import { bookshop, createTable, revision } from './history.ts';

async function directory(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'rowhouse-revisions-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return { path, [Symbol.asyncDispose]: async () => await rm(path, { recursive: true, force: true }) };
}

/** A revision file of these members. */
function file(id: string, parents: readonly string[], more: object = {}): string {
  return `export default ${JSON.stringify({ id, parents, message: id, up: [], ...more })};\n`;
}

test('a written revision is read back with the same checksum', async () => {
  await using place = await directory({});
  const [first] = bookshop;
  const at = new Date('2026-11-21T00:00:00Z');

  const made = await writeRevision(place.path, {
    message: 'Überblick: all tables',
    parents: [],
    up: first?.up ?? [],
    at,
    count: 0,
  });

  const [loaded] = (await loadRevisions(place.path)).ordered;
  expect(made.file).toMatch(/2026-11-21_überblick_all_tables_[0-9a-f]{12}\.ts$/);
  expect(loaded?.checksum).toBe(first?.checksum);
});

test('other blanks, line endings, comments and messages keep the checksum, another change does not', async () => {
  const text = renderRevision(revision('a', [], [createTable('shelf')]));
  await using place = await directory({
    'a.ts': text,
    'b.ts': text.replaceAll('\n', '\r\n').replace("id: 'a'", "id: 'b'"),
    'c.ts': `// a comment\n\n${text.replace("id: 'a'", "id: 'c'").replaceAll('  ', '\t')}`,
    'd.ts': text.replace("id: 'a'", "id: 'd'").replace("name: 'shelf'", "name: 'shelves'"),
  });

  const { ordered } = await loadRevisions(place.path);

  const [a, b, c, d] = ordered.map(({ checksum }) => checksum);
  expect([b, c]).toEqual([a, a]);
  expect(d).not.toBe(a);
});

test.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
  ['a loop', { 'a.ts': file('a', ['b']), 'b.ts': file('b', ['a']) }, /in a loop: a → b → a/],
  [
    'a loop through dependsOn',
    { 'a.ts': file('a', []), 'b.ts': file('b', ['a'], { dependsOn: ['c'] }), 'c.ts': file('c', ['b']) },
    /in a loop: b → c → b/,
  ],
  ['an orphan', { 'a.ts': file('a', ['gone']) }, /a\.ts comes after gone, which is not there/],
  ['a duplicate', { 'a.ts': file('a', []), 'b.ts': file('a', []) }, /a\.ts and .*b\.ts have the same id a/],
  ['no default export', { 'a.ts': 'export const revision = 1;\n' }, /a\.ts: there is no default export/],
  ['a broken file', { 'a.ts': 'export default {' }, /a\.ts cannot be loaded/],
  ['a wrong member', { 'a.ts': file('a', [], { up: {} }) }, /a\.ts: up is not a list of changes/],
])('%s is found before any database is asked', async (_name, files, message) => {
  await using place = await directory(files);

  await expect(loadRevisions(place.path)).rejects.toMatchObject({
    code: 'REVISION_INVALID',
    message: expect.stringMatching(message) as string,
  });
});

test('a revision file is never overwritten', async () => {
  await using place = await directory({});
  const made = { message: 'once', parents: [], up: [], at: new Date(0), count: 0, template: '{sequence}_{slug}' };
  const { file: path } = await writeRevision(place.path, made);
  const text = await readFile(path, 'utf8');

  await expect(writeRevision(place.path, { ...made, message: 'once' })).rejects.toMatchObject({ code: 'EEXIST' });

  expect(path).toMatch(/001_once\.ts$/);
  expect(await readFile(path, 'utf8')).toBe(text);
});

test('a change that lacks a member is told with its revision and file', async () => {
  await using place = await directory({
    'a.ts': file('a', [], { up: [{ kind: 'create-table', table: { name: 'half' } }] }),
  });
  const { ordered } = await loadRevisions(place.path);
  const dialect = await engines[0]!.offlineDialect();

  expect(() => planUp(ordered[0]!, emptyCatalog, dialect)).toThrow(
    expect.objectContaining({ code: 'REVISION_INVALID', message: 'revision a (a) has an incomplete change' }),
  );
});
