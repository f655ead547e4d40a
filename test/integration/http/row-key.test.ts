import { expect, test } from 'vitest';
import { resource, type Resource } from '../../../src/http/resource/resource.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { boolean, integer, text } from '../../../src/schema/column/types.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { index, uniqueIndex } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { softDelete, timestamps } from '../../../src/schema/table/traits.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema, type ServedSchema } from './serve-schema.ts';

const countries = table('country', { code: text({ max: 2 }).primaryKey(), name: text({ max: 40 }) });
const cities = table(
  'city',
  {
    number: integer().identity().primaryKey(),
    slug: text({ max: 40 }).unique(),
    name: text({ max: 40 }),
    mayor: text({ max: 40 }).null(),
    open: boolean().default(true),
    countryCode: text({ max: 2 }).references(() => countries.code),
    revision: integer().default(1).role('version'),
    ...timestamps(),
    ...softDelete(),
  },
  (t) => [index(t.countryCode)],
);
const schema = { countries, cities };
const atlas = relations(schema, (r) => ({
  countries: { cities: r.many.cities() },
  cities: { country: r.one.countries() },
}));

const countryResource: Resource = resource(atlas.countries, {
  prefix: '/countries',
  tags: ['places'],
  search: ['name'],
  order: { default: '-name', allowed: ['name'] },
});
const cityResource: Resource = resource(atlas.cities, {
  prefix: '/cities',
  key: 'slug',
  hidden: ['number'],
  service: tableService(atlas.cities, { beforeCreate: (city) => ({ ...city, name: city.name.trim() }) }),
  include: { country: countryResource },
  example: { slug: 'york', name: 'York', countryCode: 'gb' },
  bulk: true,
});

describeEachServer('a resource', (server) => {
  const serve = async (): Promise<ServedSchema> => {
    const api = await serveSchema(server, schema, [countryResource, cityResource], { key: 'row key' });
    await createRepository(countries, api.database).insertMany([
      { code: 'gb', name: 'Great Britain' },
      { code: 'se', name: 'Sweden' },
    ]);
    return api;
  };
  const york = { slug: 'york', name: ' York ', countryCode: 'gb' };

  test('names its rows by the primary key, whatever that is called', async () => {
    await using api = await serve();

    const created = await api.send('POST', '/countries', { code: 'fi', name: 'Finland' });
    const changed = await api.send('PATCH', '/countries/fi', { name: 'Suomi' });
    const listed = await api.send('GET', '/countries');
    const searched = await api.send('GET', '/countries?q=SWE');
    const unsorted = await api.send('GET', '/countries?order=code');
    const deleted = await api.send('DELETE', '/countries/fi');

    expect(created.headers.get('location')).toBe('/countries/fi');
    expect(changed.body).toEqual({ code: 'fi', name: 'Suomi' });
    expect(listed.body.items.map(({ code }: { code: string }) => code)).toEqual(['se', 'fi', 'gb']);
    expect(searched.body.items).toEqual([{ code: 'se', name: 'Sweden' }]);
    expect([unsorted.status, deleted.status]).toEqual([400, 204]);
  });

  test('may name its rows by another unique property, and never show the primary key', async () => {
    await using api = await serve();

    const created = await api.send('POST', '/cities', york);
    const shown = await api.send('GET', '/cities/york?include=country');
    const changed = await api.send('PATCH', '/cities/york', { mayor: 'Ada' });
    const renamed = await api.send('PATCH', '/cities/york', { slug: 'new york' });
    const before = await api.send('GET', '/cities/york');
    const after = await api.send('GET', '/cities/new%20york');
    const deleted = await api.send('DELETE', '/cities/new%20york');
    const gone = await api.send('DELETE', '/cities/new%20york');

    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe('/cities/york');
    expect(created.body).not.toHaveProperty('number');
    expect(shown.body).toMatchObject({ slug: 'york', name: 'York', country: { code: 'gb' } });
    expect([changed.body.mayor, renamed.body.slug]).toEqual(['Ada', 'new york']);
    expect([before.status, after.status, deleted.status, gone.status]).toEqual([404, 200, 204, 404]);
    expect(before.body.code).toBe('ROW_NOT_FOUND');
  });

  test('puts rows and compares versions under that property', async () => {
    await using api = await serve();

    const added = await api.send('PUT', '/cities/york', { name: 'York', mayor: 'Ada', countryCode: 'gb' });
    const replaced = await api.send('PUT', '/cities/york', { ...york, name: 'York' });
    const other = await api.send('PUT', '/cities/york', { ...york, slug: 'leeds' });
    const stale = { 'if-match': added.headers.get('etag') ?? '' };
    const late = [
      await api.send('PATCH', '/cities/york', { name: 'Y' }, stale),
      await api.send('DELETE', '/cities/york', undefined, stale),
      await api.send('PUT', '/cities/york', york, stale),
    ];
    const known = await api.send('GET', '/cities/york', undefined, {
      'if-none-match': replaced.headers.get('etag') ?? '',
    });
    const patch = [{ op: 'replace', path: '/name', value: 'Jorvik' }];
    const patched = await api.send('PATCH', '/cities/york', patch, 'application/json-patch+json');

    expect([added.status, added.headers.get('location')]).toEqual([201, '/cities/york']);
    expect(replaced).toMatchObject({ status: 200, body: { mayor: null, revision: 2 } });
    expect(other).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/slug' }] } });
    expect(late.map(({ status }) => status)).toEqual([412, 412, 412]);
    expect(known.status).toBe(304);
    expect(patched.body).toMatchObject({ name: 'Jorvik', revision: 3 });
  });

  test('says which rows those were of many by that property', async () => {
    await using api = await serve();

    const prefer = { prefer: 'handling=lenient' };
    const created = await api.send('POST', '/cities', [york, york], prefer);
    const changed = await api.send('PATCH', '/cities?open=is.true', { open: false }, prefer);

    expect(created.body.items).toMatchObject([{ location: '/cities/york' }, { status: 409 }]);
    expect(changed.body.items).toMatchObject([{ status: 200, key: { slug: 'york' } }]);
  });

  test('is described with that property in its paths', async () => {
    await using api = await serve();

    const { paths, components } = (await api.send('GET', '/openapi.json')).body;

    expect(paths['/cities/{slug}'].get.parameters[0]).toMatchObject({ name: 'slug', in: 'path', example: 'york' });
    expect(components.schemas.CityReplacement.required).toEqual(['name', 'countryCode']);
    expect(paths['/cities/{slug}'].put.requestBody.content['application/json'].example).not.toHaveProperty('slug');
  });
});

test('a property that is not unique, or could be empty, names no row', () => {
  const odd = table('odd', { id: integer().primaryKey(), kind: text(), tag: text().null().unique() });

  expect(() => resource(odd, { prefix: '/odd', key: 'kind' })).toThrow('kind is not unique, so it names no row');
  expect(() => resource(odd, { prefix: '/odd', key: 'tag' })).toThrow('tag is not unique');
  expect(() => resource(cities, { prefix: '/cities', key: 'slug', hidden: ['slug'] })).toThrow('slug is hidden');

  const columns = { id: integer().primaryKey(), kind: text(), open: boolean(), ...softDelete() };
  const some = table('some', columns, (t) => [uniqueIndex(t.kind, { where: sql`${t.open}` })]);
  expect(() => resource(some, { prefix: '/some', key: 'kind' })).toThrow('kind is not unique');
});
