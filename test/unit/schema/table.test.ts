import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../src/catalog/change/apply.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { invertChanges } from '../../../src/catalog/change/invert.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { now, uuidv7 } from '../../../src/schema/column/defaults.ts';
import { boolean, enumType, integer, text, uuid } from '../../../src/schema/column/types.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import { check, foreignKey, index, lower, uniqueIndex } from '../../../src/schema/table/members.ts';
import { definition, table } from '../../../src/schema/table/table.ts';
import { softDelete, tenant, timestamps } from '../../../src/schema/table/traits.ts';
import { sql } from '../../../src/sql/sql.ts';

const mood = enumType('mood', ['sad', 'ok']);
const users = table(
  'auth_user',
  {
    ...timestamps(),
    email: text({ max: 255 }).unique(),
    id: uuid().primaryKey().default(uuidv7()),
    active: boolean().default(true),
    mood: mood().null(),
    ...softDelete(),
  },
  (t) => [index(t.active, t.createdAt.desc()), uniqueIndex(lower(t.email), { name: 'email_once' })],
);
const posts = table(
  'post',
  {
    id: uuid().primaryKey().default(uuidv7()),
    ...tenant(),
    authorId: uuid().references(() => users.id, { onDelete: 'cascade' }),
    slug: text({ max: 80 }).unique(),
    stars: integer().default(0),
  },
  (t) => [check('stars_positive', sql`${t.stars} >= 0`)],
);

describe('a table definition', () => {
  test('puts id first and the time stamps last, the rest as written', () => {
    const { columns } = users[definition].catalogTable;

    expect(columns.map(({ name }) => name)).toEqual([
      'id',
      'email',
      'active',
      'mood',
      'deleted_at',
      'created_at',
      'updated_at',
    ]);
  });

  test('means unique among the living where it soft-deletes', () => {
    const { uniques, indexes } = users[definition].catalogTable;

    expect(uniques).toEqual([]);
    expect(indexes[0]).toMatchObject({ name: 'auth_user_email_key', unique: true, keys: [{ column: 'email' }] });
    expect(indexes[0]?.where?.parts).toEqual([
      { kind: 'name', name: 'deleted_at' },
      { kind: 'text', text: ' is null' },
    ]);
  });

  test('means unique within a tenant where it has tenants', () => {
    expect(posts[definition].catalogTable.uniques).toEqual([{ name: 'post_slug_key', columns: ['tenant_id', 'slug'] }]);
  });

  test('gives rows without a tenant a bucket of their own', () => {
    const notes = table('note', {
      id: uuid().primaryKey(),
      tenantId: uuid().null().role('tenant'),
      slug: text({ max: 9 }).unique(),
    });

    const { indexes } = notes[definition].catalogTable;

    expect(indexes.map(({ name, keys }) => [name, keys.map(({ column }) => column)])).toEqual([
      ['note_slug_key', ['tenant_id', 'slug']],
      ['note_slug_key_no_tenant', ['slug']],
    ]);
  });

  test('resolves references to tables that come later, and to itself', () => {
    const node = table('node', { id: uuid().primaryKey(), parentId: uuid().null() }, (t) => [
      foreignKey([t.parentId], () => [t.id], { onDelete: 'set-null' }),
    ]);

    expect(node[definition].catalogTable.foreignKeys[0]).toMatchObject({
      name: 'node_parent_id_fkey',
      references: { name: 'node', columns: ['id'] },
      onDelete: 'set-null',
    });
  });

  test('cuts derived names that pass 63 bytes and keeps them apart', () => {
    const long = 'a'.repeat(40);
    const wide = table('t'.repeat(30), {
      [`${long}x`]: text({ max: 1 }).unique(),
      [`${long}y`]: text({ max: 1 }).unique(),
    });

    const names = wide[definition].catalogTable.uniques.map(({ name }) => name);

    expect(new Set(names).size).toBe(2);
    expect(names.every((name) => Buffer.byteLength(name) <= 63 && name.endsWith('_key'))).toBe(true);
  });

  test('refuses two properties for one column', () => {
    expect(() => table('t', { userId: uuid(), user_id: uuid() })).toThrow(/both column user_id/);
  });
});

describe('a schema', () => {
  test('becomes a catalog that its own changes make and unmake', () => {
    const catalog = catalogOf({ users, posts, helper: () => now() });

    const up = createCatalog(catalog);
    const made = applyChanges(up, emptyCatalog);

    expect({ ...made, tables: made.tables }).toEqual(catalog);
    expect(applyChanges(invertChanges(up, emptyCatalog), made)).toEqual(emptyCatalog);
  });

  test('refuses a reference to a table it does not export', () => {
    expect(() => catalogOf({ posts })).toThrow(/refers to auth_user, which the schema does not export/);
  });

  test('collects the enums that columns use', () => {
    expect(catalogOf({ users }).enums).toEqual([{ name: 'mood', values: ['sad', 'ok'] }]);
  });
});
