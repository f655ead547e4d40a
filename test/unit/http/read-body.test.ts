import { describe, expect, test } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import type { Session } from '../../../src/database/session.ts';
import { createApi } from '../../../src/http/create-api.ts';
import { faultsOf, type InputFault } from '../../../src/http/problem/input-error.ts';
import { readListRequest } from '../../../src/http/resource/list-request.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { resourcesOf } from '../../../src/http/resource/resources-of.ts';
import { readInsert, readPatch } from '../../../src/http/wire/read-body.ts';
import { bigint, text, uuid } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { tenant } from '../../../src/schema/table/traits.ts';
import { authorResource, authors, bookResource, books } from '../../integration/http/library.ts';

const { fields } = authorResource;

function faults(read: () => unknown): readonly InputFault[] {
  try {
    read();
  } catch (error) {
    if (error instanceof RowhouseError) return faultsOf(error);
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a body', () => {
  test('says everything that is wrong with it at once', () => {
    const body = {
      name: 7,
      born: '1815-13-01',
      passwordHash: 'x',
      createdAt: null,
      nonsense: 1,
      'a/b~c': 1,
      active: null,
    };

    expect(faults(() => readInsert(body, fields))).toEqual([
      { pointer: '#/email', detail: 'is required' },
      { pointer: '#/password', detail: 'is required' },
      { pointer: '#/name', detail: expect.stringContaining('must be text') },
      { pointer: '#/born', detail: 'must be a day like 2026-11-21' },
      { pointer: '#/passwordHash', detail: 'is not a property of this resource' },
      { pointer: '#/createdAt', detail: 'is read-only' },
      { pointer: '#/nonsense', detail: 'is not a property of this resource' },
      { pointer: '#/a~1b~0c', detail: 'is not a property of this resource' },
      { pointer: '#/active', detail: 'cannot be null' },
    ]);
  });

  test.each([[null], [[]], ['text'], [1]])('is an object, not %o', (body) => {
    expect(faults(() => readPatch(body, fields))).toEqual([{ pointer: '#', detail: 'must be a JSON object' }]);
  });

  test('cannot reach what objects inherit', () => {
    const body: unknown = JSON.parse('{"__proto__":{"active":false},"constructor":1}');

    expect(faults(() => readPatch(body, fields))).toHaveLength(2);
  });

  test('never names the tenant, and cannot change what is immutable', () => {
    const notes = resource(table('note', { id: uuid().primaryKey(), body: text(), ...tenant() }), { prefix: '/notes' });
    const tenantId = '01890a5d-ac96-774b-bcce-b302099a8057';

    expect(faults(() => readInsert({ id: tenantId, body: '', tenantId }, notes.fields))).toHaveLength(1);
    expect(faults(() => readPatch({ id: tenantId, tenantId }, notes.fields))).toHaveLength(2);
    expect(faults(() => readListRequest(new URLSearchParams({ tenantId: `eq.${tenantId}` }), notes))).toHaveLength(1);
  });
});

describe('a list request', () => {
  test('takes defaults from its resource', () => {
    expect(readListRequest(new URLSearchParams(), authorResource)).toMatchObject({
      order: ['name'],
      limit: 2,
      where: undefined,
    });
  });

  test.each([
    'nobody=eq.1',
    'passwordHash=eq.1',
    'password=eq.1',
    'limit=0',
    'limit=4',
    'limit=1.5',
    'limit=1&limit=2',
    'order=nobody',
    'order=passwordHash',
    'order=profile',
    'order=name,-name',
    'order=',
    'q=',
    'offset=1',
    'after=a&before=b',
    '__proto__=eq.1',
  ])('refuses ?%s, naming the parameter', (query) => {
    const [fault] = faults(() => readListRequest(new URLSearchParams(query), authorResource));

    expect(fault).toHaveProperty('parameter');
  });

  test('refuses a search where there is none', () => {
    expect(faults(() => readListRequest(new URLSearchParams('q=x'), bookResource))).toMatchObject([{ parameter: 'q' }]);
  });
});

describe('a resource', () => {
  test.each([
    { prefix: 'books' },
    { prefix: '/books/' },
    { prefix: '/books', search: ['copies'] as const },
    { prefix: '/books', hidden: ['title'] as const, filter: ['title'] as const },
    { prefix: '/books', limit: { default: 500 } },
  ])('is refused at start with %o', (options) => {
    expect(() => resource(books, options)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  test('needs a key that a path can hold', () => {
    expect(() => resource(table('event', { at: bigint() }), { prefix: '/events' })).toThrow(
      expect.objectContaining({ code: 'SCHEMA_INVALID' }),
    );
  });

  test('comes from each table of a schema, secrets hidden, keyless tables named', () => {
    const { resources, left } = resourcesOf({
      allAuthors: authors,
      books,
      event: table('event', { at: bigint() }),
      other: 1,
    });

    expect(resources.map(({ prefix }) => prefix)).toEqual(['/all-authors', '/books']);
    expect(resources[0]?.fields.find(({ key }) => key === 'passwordHash')).toMatchObject({
      shown: false,
      insertable: true,
    });
    expect(left).toMatchObject([{ table: 'event' }]);
  });

  test('of tenants is not served without a scope', () => {
    const notes = table('note', { id: uuid().primaryKey(), ...tenant() });
    const database = {} as Session;
    const parts = [resource(notes, { prefix: '/notes' })];

    expect(() => createApi(database, parts)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(createApi(database, parts, { scope: () => database }).paths).toContain('/notes');
    expect(resourcesOf({ notes }).left).toMatchObject([{ table: 'note' }]);
    expect(resourcesOf({ notes }, { tenants: true }).left).toEqual([]);
  });
});
