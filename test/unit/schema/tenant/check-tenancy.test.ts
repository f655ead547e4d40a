import { expect, test } from 'vitest';
import {
  defineProject,
  foreignKey,
  service,
  integer,
  lower,
  table,
  tenant,
  text,
  unique,
  uniqueIndex,
  uuid,
} from '../../../../src/index.ts';
import { connect } from '../../../../src/connect/connect.ts';
import { fromUrl } from '../../../../src/connect/from-environment.ts';
import { checkTenancy } from '../../../../src/schema/tenant/check-tenancy.ts';

const id = uuid().primaryKey();
const authors = table('author', { id, ...tenant(), name: text() }, (t) => [unique([t.tenantId, t.id])]);
const countries = table('country', { id: integer().primaryKey() });

test('a table without a tenant is refused, unless it is everybody’s', () => {
  expect(() => checkTenancy({ authors, countries }, { by: 'row' })).toThrow(/table country has no tenant/);
  expect(() => checkTenancy({ authors, countries }, { by: 'row', shared: [countries] })).not.toThrow();
  expect(() => checkTenancy({ authors }, { by: 'row', shared: [authors] })).toThrow(/is shared and has a tenant/);
});

test('a project and a service with such a table do not start', async () => {
  const bad = service({ schema: { countries }, migrations: './m', tenancy: { by: 'row' } });

  expect(() => defineProject({ services: { shop: bad } })).toThrow(/service shop: table country has no tenant/);
  await expect(connect({ countries }, fromUrl('sqlite::memory:'), { tenancy: { by: 'row' } })).rejects.toMatchObject({
    code: 'SCHEMA_INVALID',
  });
});

test('a unique index that counts all tenants together is refused, unless it says so', () => {
  const wide = table('user', { id, ...tenant(), email: text() }, (t) => [uniqueIndex(lower(t.email))]);
  const said = table('user', { id, ...tenant(), email: text() }, (t) => [
    uniqueIndex(lower(t.email), { acrossTenants: true }),
  ]);
  const within = table('user', { id, ...tenant(), email: text() }, (t) => [uniqueIndex(t.tenantId, lower(t.email))]);

  expect(() => checkTenancy({ wide }, { by: 'row' })).toThrow(/table user has a unique index/);
  expect(() => checkTenancy({ said }, { by: 'row' })).not.toThrow();
  expect(() => checkTenancy({ within }, { by: 'row' })).not.toThrow();
});

test('a foreign key between tables of tenants without the tenant is refused, and the hint says what to write', () => {
  const wide = table('book', { id, ...tenant(), authorId: uuid().references(() => authors.id) });
  const within = table('book', { id, ...tenant(), authorId: uuid() }, (t) => [
    foreignKey([t.tenantId, t.authorId], () => [authors.tenantId, authors.id]),
  ]);
  const country = table('book', { id, ...tenant(), countryId: integer().references(() => countries.id) });

  expect(() => checkTenancy({ authors, wide }, { by: 'row' })).toThrow(
    expect.objectContaining({
      code: 'SCHEMA_INVALID',
      hint:
        'foreignKey([t.tenantId, t.authorId], () => [author.tenantId, author.id]), and there ' +
        'unique([t.tenantId, t.id])',
    }),
  );
  expect(() => checkTenancy({ authors, within }, { by: 'row' })).not.toThrow();
  expect(() => checkTenancy({ countries, country }, { by: 'row', shared: [countries] })).not.toThrow();
});

test('a table that names its namespace cannot be apart by namespace', () => {
  const placed = table('note', { id }, () => [], { namespace: 'app' });

  expect(() => checkTenancy({ placed }, { by: 'namespace' })).toThrow(/names a namespace/);
  expect(() => checkTenancy({ placed }, { by: 'database' })).not.toThrow();
});
