import { expect, test } from 'vitest';
import { resource } from '../../../src/http/resource/resource.ts';
import { bigint, boolean, integer, json, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { timestamps } from '../../../src/schema/table/traits.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema, type ServedSchema } from './serve-schema.ts';

const parts = table('part', {
  id: integer().primaryKey(),
  code: text({ max: 40 }).unique(),
  note: text({ max: 40 }).null(),
  stocked: boolean().default(true),
  weight: bigint().default(0n),
  attributes: json().null(),
  revision: integer().default(1).role('version'),
  ...timestamps(),
});
const partResource = resource(parts, { prefix: '/parts', bulk: { max: 3 } });
const jsonPatch = 'application/json-patch+json';

describeEachServer('writes of a resource', (server) => {
  const serve = async (): Promise<ServedSchema> =>
    await serveSchema(server, { parts }, [partResource], { key: 'writes' });
  const codesOf = async (api: ServedSchema): Promise<readonly string[]> =>
    (await api.send('GET', '/parts?order=id')).body.items.map(({ code }: { code: string }) => code);

  test('apply a JSON patch to the row as it is shown', async () => {
    await using api = await serve();
    await api.send('POST', '/parts', { id: 1, code: 'a', note: 'old', attributes: { sizes: [1, 2] } });

    const changed = await api.send(
      'PATCH',
      '/parts/1',
      [
        { op: 'test', path: '/code', value: 'a' },
        { op: 'add', path: '/attributes/sizes/-', value: 3 },
        { op: 'replace', path: '/weight', value: '9007199254740993' },
        { op: 'remove', path: '/note' },
      ],
      jsonPatch,
    );
    const failed = await api.send('PATCH', '/parts/1', [{ op: 'test', path: '/code', value: 'b' }], jsonPatch);
    const kept = await api.send('PATCH', '/parts/1', [{ op: 'replace', path: '/revision', value: 9 }], jsonPatch);
    const unfit = await api.send('PATCH', '/parts/1', [{ op: 'remove', path: '/code' }], jsonPatch);
    const posted = await api.send('POST', '/parts', { id: 2, code: 'b' }, jsonPatch);

    expect(changed).toMatchObject({
      status: 200,
      body: { note: null, weight: '9007199254740993', attributes: { sizes: [1, 2, 3] }, revision: 2 },
    });
    expect(failed).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
    expect(kept).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/revision', detail: 'is read-only' }] } });
    expect(unfit).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/code' }] } });
    expect(posted.status).toBe(415);
  });

  test('put a row at its key, there or not', async () => {
    await using api = await serve();

    const added = await api.send('PUT', '/parts/1', { code: 'a', note: 'first', stocked: false });
    const replaced = await api.send('PUT', '/parts/1', { id: 1, code: 'b' });
    const again = await api.send('PUT', '/parts/1', { code: 'c' }, { 'if-none-match': '*' });
    const stale = await api.send('PUT', '/parts/1', { code: 'c' }, { 'if-match': added.headers.get('etag') ?? '' });
    const absent = await api.send('PUT', '/parts/9', { code: 'c' }, { 'if-match': '*' });
    const other = await api.send('PUT', '/parts/1', { id: 2, code: 'c' });
    const partial = await api.send('PUT', '/parts/1', { note: 'x' });

    expect(added).toMatchObject({ status: 201, body: { id: 1, code: 'a', note: 'first', revision: 1 } });
    expect(added.headers.get('location')).toBe('/parts/1');
    expect(replaced).toMatchObject({ status: 200, body: { code: 'b', note: null, stocked: false, revision: 2 } });
    expect([again.status, stale.status, absent.status]).toEqual([412, 412, 412]);
    expect(other).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/id' }] } });
    expect(partial).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/code', detail: 'is required' }] } });
    expect(await codesOf(api)).toEqual(['b']);
  });

  test('put one row when many put it at once', async () => {
    await using api = await serve();

    const answers = await Promise.all(
      Array.from({ length: 6 }, async (_, at) => await api.send('PUT', '/parts/1', { code: `c${at}` })),
    );

    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    expect((await api.send('GET', '/parts/1')).body.revision).toBe(6);
  });

  test('add a list of rows, all or none', async () => {
    await using api = await serve();

    const added = await api.send('POST', '/parts', [
      { id: 1, code: 'a' },
      { id: 2, code: 'b' },
    ]);
    const clash = await api.send('POST', '/parts', [
      { id: 3, code: 'c' },
      { id: 4, code: 'b' },
    ]);
    const malformed = await api.send('POST', '/parts', [{ id: 3 }, 7, { id: 'x', code: 'd' }]);
    const many = await api.send(
      'POST',
      '/parts',
      [5, 6, 7, 8].map((id) => ({ id, code: String(id) })),
    );
    const quiet = await api.send('POST', '/parts', [{ id: 9, code: 'i' }], { prefer: 'return=minimal' });

    expect(added).toMatchObject({ status: 201, body: { items: [{ id: 1 }, { id: 2, revision: 1 }] } });
    expect(clash).toMatchObject({ status: 409, body: { code: 'UNIQUE_VIOLATION', errors: [{ pointer: '#/1/code' }] } });
    expect(malformed.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/0/code',
      '#/1',
      '#/2/id',
    ]);
    expect(many).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    expect([quiet.status, quiet.body, quiet.headers.get('preference-applied')]).toEqual([
      201,
      undefined,
      'return=minimal',
    ]);
    expect(await codesOf(api)).toEqual(['a', 'b', 'i']);
  });

  test('change and delete what a filter finds, no more than is allowed', async () => {
    await using api = await serve();
    for (const id of [1, 2, 3, 4]) await api.send('POST', '/parts', { id, code: `c${id}`, stocked: id !== 4 });

    const changed = await api.send('PATCH', '/parts?id=lte.2', { note: 'low' });
    const more = await api.send('PATCH', '/parts?id=gte.1', { note: 'all' });
    const fewer = await api.send('DELETE', '/parts?stocked=is.true', undefined, { prefer: 'max-affected=2' });
    const unclear = await api.send('DELETE', '/parts?stocked=is.true', undefined, { prefer: 'max-affected=two' });
    const blind = await api.send('DELETE', '/parts');
    const idle = await api.send('DELETE', '/parts?id=not.in.()', undefined, { prefer: 'max-affected=4' });
    const paged = await api.send('DELETE', '/parts?id=eq.1&limit=1');
    const deleted = await api.send('DELETE', '/parts?stocked=is.true', undefined, { prefer: 'max-affected=3' });

    expect(changed.body.items).toMatchObject([
      { id: 1, note: 'low', revision: 2 },
      { id: 2, note: 'low', revision: 2 },
    ]);
    expect(more).toMatchObject({ status: 409, body: { code: 'ROW_COUNT_UNEXPECTED' } });
    expect(fewer.status).toBe(409);
    expect([unclear.status, blind.status, paged.status]).toEqual([400, 400, 400]);
    expect(blind.body).toMatchObject({
      code: 'PREDICATE_REQUIRED',
      title: 'Filter required',
      detail: 'a filter must say which rows are meant',
    });
    expect(idle).toMatchObject({ status: 400, body: { code: 'PREDICATE_REQUIRED' } });
    expect(deleted).toMatchObject({ status: 200, body: { count: 3 } });
    expect(await codesOf(api)).toEqual(['c4']);
  });
});

test('a resource whose key the database makes is not put', () => {
  const counted = table('counted', { id: integer().identity().primaryKey(), name: text() });

  expect(resource(counted, { prefix: '/counted' }).actions.has('replace')).toBe(false);
});
