import { expect, test } from 'vitest';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  sql,
  table,
  tenant,
  text,
  unique,
  uuid,
  uuidv7,
  view,
  softDelete,
  id,
  type ColumnReference,
} from '../../../src/index.ts';
import type { SchemaModule } from '../../../src/schema/schema.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { openSchema } from '../../servers/open-schema.ts';

/** The code of what `work` throws, or `accepted`. */
async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  return await work().then(
    () => 'accepted',
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

describeEachServer('a schema made of builders', (server) => {
  test('may use reserved words as names', async () => {
    const order = table(
      'order',
      { select: integer().primaryKey(), group: text({ max: 9 }), from: boolean().null() },
      (t) => [index(t.group, t.from.desc()), check('where', sql`${t.select} > 0`)],
    );
    await using database = await openSchema(server, { order });
    const rows = database.repository(order);

    await rows.insert({ select: 1, group: 'by' });

    expect(await rows.list({ where: { group: 'by', select: { gte: 1 } }, order: ['-from', 'group'] })).toEqual([
      { select: 1, group: 'by', from: null },
    ]);
  });

  test('says before any statement runs that a name is too long for the engine', async () => {
    await using database = await openSchema(server, {});
    const { length } = database.dialect.traits.identifierLimit;
    const long = table('t'.repeat(Math.min(length, 200) + 1), { key: integer().primaryKey() });

    const expected = length < 200 ? 'CAPABILITY_MISSING' : 'accepted';
    expect(await outcome(async () => await createSchema(database, { long }))).toBe(expected);
  });

  test('keeps unique among the living, without regard to case, within a tenant', async () => {
    const members = table('member', {
      id: uuid().primaryKey().default(uuidv7()),
      ...tenant(),
      email: text({ max: 60 }).unique({ ignoreCase: true }),
      ...softDelete(),
    });
    await using database = await openSchema(server, { members });
    const rows = database.unscoped('writes for two tenants').repository(members);
    const [a, b] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'];
    const first = await rows.insert({ tenantId: a, email: 'Ada@x' });

    expect(await outcome(async () => await rows.insert({ tenantId: a, email: 'ada@X' }))).toBe('UNIQUE_VIOLATION');
    expect(await outcome(async () => await rows.insert({ tenantId: b, email: 'ada@x' }))).toBe('accepted');
    await rows.delete(first.id);
    expect(await outcome(async () => await rows.insert({ tenantId: a, email: 'ADA@x' }))).toBe('accepted');
    expect(await outcome(async () => await rows.insert({ tenantId: a, email: 'ada@x' }))).toBe('UNIQUE_VIOLATION');
  });

  test('keeps rows without a tenant in a bucket of their own', async () => {
    const notes = table('note', {
      key: integer().primaryKey(),
      tenantId: integer().null().role('tenant'),
      slug: text({ max: 9 }).unique(),
    });
    await using database = await openSchema(server, { notes });
    const rows = database.unscoped('writes for two tenants').repository(notes);

    await rows.insert({ key: 1, tenantId: null, slug: 'a' });
    await rows.insert({ key: 2, tenantId: 7, slug: 'a' });

    expect(await outcome(async () => await rows.insert({ key: 3, tenantId: null, slug: 'a' }))).toBe(
      'UNIQUE_VIOLATION',
    );
    expect(await outcome(async () => await rows.insert({ key: 4, tenantId: 7, slug: 'a' }))).toBe('UNIQUE_VIOLATION');
    expect(await outcome(async () => await rows.insert({ key: 5, tenantId: 8, slug: 'a' }))).toBe('accepted');
  });

  test('computes generated columns, keeps checks and foreign keys with their actions', async () => {
    const parents = table(
      'parent',
      { id: integer().primaryKey(), net: integer(), gross: integer().generatedAs(sql`${id('net')} * 2`) },
      (t) => [check('net_positive', sql`${t.net} > 0`)],
    );
    const children = table('child', { id: integer().primaryKey(), parentId: integer().null() }, (t) => [
      foreignKey([t.parentId], () => [parents.id], { onDelete: 'cascade' }),
    ]);
    await using database = await openSchema(server, { parents, children });

    expect(await database.repository(parents).insert({ id: 1, net: 4 })).toEqual({ id: 1, net: 4, gross: 8 });
    expect(await outcome(async () => await database.repository(parents).insert({ id: 2, net: 0 }))).toBe(
      'CHECK_VIOLATION',
    );
    expect(await outcome(async () => await database.repository(children).insert({ id: 1, parentId: 9 }))).toBe(
      'FOREIGN_KEY_VIOLATION',
    );
    await database.repository(children).insert({ id: 1, parentId: 1 });
    await database.repository(parents).delete(1);
    expect(await database.repository(children).count()).toBe(0);
  });

  test('has tables that refer to each other and to themselves', async () => {
    const schema: SchemaModule = (() => {
      const teams = table('team', { id: integer().primaryKey(), leadId: integer().null() }, (t) => [
        foreignKey([t.leadId], (): ColumnReference[] => [players.id]),
      ]);
      const players = table(
        'player',
        { id: integer().primaryKey(), teamId: integer().null(), coachId: integer().null() },
        (t) => [foreignKey([t.teamId], (): ColumnReference[] => [teams.id]), foreignKey([t.coachId], () => [t.id])],
      );
      return { teams, players };
    })();
    await using database = await openSchema(server, schema);

    expect(await database.query(sql`select count(*) as many from ${id('team')}`)).toHaveLength(1);
  });

  test('has views', async () => {
    const items = table('item', { id: integer().primaryKey(), price: integer() }, (t) => [unique([t.price])]);
    const dear = view(
      'dear_item',
      { id: integer(), price: integer() },
      sql`select ${id('id')}, ${id('price')} from ${id('item')} where ${id('price')} > 10`,
    );
    await using database = await openSchema(server, { items, dear });

    await database.repository(items).insertMany([
      { id: 1, price: 5 },
      { id: 2, price: 15 },
    ]);

    expect(
      await database.query(sql`select ${id('id')} from ${id('dear_item')}`, { types: { id: { kind: 'integer' } } }),
    ).toEqual([{ id: 2 }]);
  });
});
