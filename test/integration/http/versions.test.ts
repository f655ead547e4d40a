import { expect, test } from 'vitest';
import { resource } from '../../../src/http/resource/resource.ts';
import { bigint, integer, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema, type ServedSchema } from './serve-schema.ts';

const notes = table('note', {
  id: integer().primaryKey(),
  words: text({ max: 80 }),
  revision: integer().default(1).role('version'),
});

const accounts = table('account', {
  id: integer().primaryKey(),
  balance: integer().default(0),
  change: bigint().default(1n).role('version'),
});

const noteResource = resource(notes, { prefix: '/notes' });
const accountResource = resource(accounts, { prefix: '/accounts', requireMatch: true, bulk: true });

describeEachServer('a resource whose rows have versions', (server) => {
  const serve = async (): Promise<ServedSchema> =>
    await serveSchema(server, { notes, accounts }, [noteResource, accountResource], { key: 'versions' });

  test('gives an entity tag and answers 304 to who has that', async () => {
    await using api = await serve();
    const created = await api.send('POST', '/notes', { id: 1, words: 'one' });
    const etag = created.headers.get('etag') ?? '';

    const known = await api.send('GET', '/notes/1', undefined, { 'if-none-match': `"0-x", W/${etag}` });
    const changed = await api.send('PATCH', '/notes/1', { words: 'two' });
    const unknown = await api.send('GET', '/notes/1', undefined, { 'if-none-match': etag });

    expect(etag).toMatch(/^"1-[0-9a-f]{8}"$/);
    expect([known.status, known.body, known.headers.get('etag')]).toEqual([304, undefined, etag]);
    expect(changed.body).toMatchObject({ words: 'two', revision: 2 });
    expect(unknown).toMatchObject({ status: 200, body: changed.body });
    expect(unknown.headers.get('etag')).toBe(changed.headers.get('etag'));
  });

  test('that each write must name takes many new rows, and says why it takes no change by filter', async () => {
    await using api = await serve();

    const created = await api.send(
      'POST',
      '/accounts',
      [1, 2].map((id) => ({ id, balance: 0 })),
    );
    const changed = await api.send('PATCH', '/accounts?id=eq.1', { balance: 5 });
    const deleted = await api.send('DELETE', '/accounts?id=eq.1');

    expect(created.status).toBe(201);
    expect([changed.status, changed.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect(changed.body.detail).toContain('each change must name the version of its row in If-Match');
    expect(deleted.body.detail).toContain('each delete must name the version of its row in If-Match');
  });

  test('refuses to change another version than the one that is meant', async () => {
    await using api = await serve();
    const created = await api.send('POST', '/notes', { id: 1, words: 'one' });
    const first = { 'if-match': created.headers.get('etag') ?? '' };

    const changed = await api.send('PATCH', '/notes/1', { words: 'two' }, first);
    const late = await api.send('PATCH', '/notes/1', { words: 'three' }, first);
    const lateDelete = await api.send('DELETE', '/notes/1', undefined, first);
    const weak = await api.send('PATCH', '/notes/1', { words: 'four' }, { 'if-match': 'W/"2"' });
    const malformed = await api.send('PATCH', '/notes/1', { words: 'five' }, { 'if-match': '2' });
    const any = await api.send('PATCH', '/notes/1', { words: 'six' }, { 'if-match': '*' });
    const missing = await api.send('PATCH', '/notes/7', { words: 'six' }, { 'if-match': '*' });
    const deleted = await api.send('DELETE', '/notes/1', undefined, { 'if-match': any.headers.get('etag') ?? '' });

    expect(changed.status).toBe(200);
    expect(late).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    expect(lateDelete.status).toBe(412);
    expect(weak.status).toBe(412);
    expect(malformed).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    expect(any.body).toMatchObject({ words: 'six', revision: 3 });
    expect(missing.status).toBe(404);
    expect(deleted.status).toBe(204);
  });

  test('needs If-Match where the resource says so, and never takes the version from a body', async () => {
    await using api = await serve();
    const created = await api.send('POST', '/accounts', { id: 1 });

    const changed = await api.send('PATCH', '/accounts/1', { balance: 1 });
    const deleted = await api.send('DELETE', '/accounts/1');
    const forged = await api.send(
      'PATCH',
      '/accounts/1',
      { change: '9' },
      { 'if-match': created.headers.get('etag') ?? '' },
    );

    expect(changed).toMatchObject({ status: 428, body: { code: 'PRECONDITION_REQUIRED' } });
    expect(deleted.status).toBe(428);
    expect(forged).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/change' }] } });
  });

  test('lets one of many writers of a version through', async () => {
    await using api = await serve();
    const created = await api.send('POST', '/accounts', { id: 1 });
    const headers = { 'if-match': created.headers.get('etag') ?? '' };

    const answers = await Promise.all(
      Array.from({ length: 5 }, async (_, at) => await api.send('PATCH', '/accounts/1', { balance: at + 1 }, headers)),
    );

    const shown = await api.send('GET', '/accounts/1');
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 412)).toEqual([]);
    expect(shown.body).toEqual(won[0]?.body);
    expect(shown.body.change).toBe('2');
  });

  test('creates with If-None-Match: * only what is not there', async () => {
    await using api = await serve();
    const note = { id: 1, words: 'one' };

    const first = await api.send('POST', '/notes', note, { 'if-none-match': '*' });
    const second = await api.send('POST', '/notes', note, { 'if-none-match': '*' });

    expect(first.status).toBe(201);
    expect(second).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
  });
});

test('only a table that counts versions can require them', () => {
  const plain = table('plain', { id: integer().primaryKey() });

  expect(() => resource(plain, { prefix: '/notes', requireMatch: true })).toThrow('requireMatch needs a version');
});
