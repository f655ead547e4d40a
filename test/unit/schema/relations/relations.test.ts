import { describe, expect, test } from 'vitest';
import { integer, text } from '../../../../src/schema/column/types.ts';
import type { ColumnReference } from '../../../../src/schema/column/column-reference.ts';
import { relationsOf } from '../../../../src/schema/relations/relation-link.ts';
import { relations } from '../../../../src/schema/relations/relations.ts';
import { catalogOf } from '../../../../src/schema/schema.ts';
import { foreignKey, primaryKey, uniqueIndex } from '../../../../src/schema/table/members.ts';
import { table } from '../../../../src/schema/table/table.ts';
import { softDelete, tenant } from '../../../../src/schema/table/traits.ts';

const people = table('person', { id: integer().primaryKey(), name: text() });
const letters = table('letter', {
  id: integer().primaryKey(),
  senderId: integer().references(() => people.id),
  receiverId: integer()
    .null()
    .references(() => people.id),
});
const folders = table('folder', {
  id: integer().primaryKey(),
  parentId: integer()
    .null()
    .references((): ColumnReference => folders.id),
});
const follows = table(
  'follow',
  { fromId: integer().references(() => people.id), toId: integer().references(() => people.id) },
  (t) => [primaryKey(t.fromId, t.toId)],
);
const islands = table('island', { id: integer().primaryKey(), personId: integer() });

describe('the keys of relations', () => {
  test('are the foreign key that leads there, from either side', () => {
    const cards = table('card', { id: integer().primaryKey(), ownerId: integer().references(() => people.id) });
    const { people: owner, cards: card } = relations({ people, cards }, (r) => ({
      people: { cards: r.many.cards() },
      cards: { owner: r.one.people() },
    }));

    expect(relationsOf(owner)).toMatchObject([
      { name: 'cards', many: true, from: ['id'], to: ['ownerId'], target: card },
    ]);
    expect(relationsOf(card)).toMatchObject([
      { name: 'owner', many: false, from: ['ownerId'], to: ['id'], unique: true },
    ]);
  });

  test('are chosen where there are several, by either end', () => {
    const all = relations({ people, letters }, (r) => ({
      people: { sent: r.many.letters({ to: 'senderId' }), received: r.many.letters({ to: 'receiverId' }) },
      letters: { sender: r.one.people({ from: 'senderId' }), receiver: r.one.people({ from: 'receiverId', to: 'id' }) },
    }));

    expect(relationsOf(all.people).map(({ to }) => to)).toEqual([['senderId'], ['receiverId']]);
    expect(relationsOf(all.letters).map(({ from }) => from)).toEqual([['senderId'], ['receiverId']]);
  });

  test('go up for one and down for many in a table that refers to itself', () => {
    const all = relations({ folders }, (r) => ({ folders: { parent: r.one.folders(), children: r.many.folders() } }));

    expect(relationsOf(all.folders)).toMatchObject([
      { name: 'parent', from: ['parentId'], to: ['id'] },
      { name: 'children', from: ['id'], to: ['parentId'] },
    ]);
  });

  test('are composite where the foreign key is', () => {
    const seats = table('seat', { row: integer(), place: integer() }, (t) => [primaryKey(t.row, t.place)]);
    const bookings = table('booking', { id: integer().primaryKey(), row: integer(), place: integer() }, (t) => [
      foreignKey([t.row, t.place], () => [seats.row, seats.place]),
    ]);
    const all = relations({ seats, bookings }, (r) => ({
      seats: { bookings: r.many.bookings() },
      bookings: { seat: r.one.seats() },
    }));

    expect(relationsOf(all.seats)).toMatchObject([{ from: ['row', 'place'], to: ['row', 'place'], unique: false }]);
    expect(relationsOf(all.bookings)).toMatchObject([{ from: ['row', 'place'], to: ['row', 'place'], unique: true }]);
  });

  test('lead through a join table, and say which side is which where it joins a table to itself', () => {
    const all = relations({ people, follows }, (r) => ({
      people: {
        following: r.many.people({ through: r.tables.follows, from: 'fromId', to: 'toId' }),
        followers: r.many.people({ through: r.tables.follows, from: 'toId', to: 'fromId' }),
      },
    }));

    expect(relationsOf(all.people)).toMatchObject([
      { from: ['id'], to: ['id'], through: { near: ['fromId'], far: ['toId'] } },
      { from: ['id'], to: ['id'], through: { near: ['toId'], far: ['fromId'] } },
    ]);
  });

  test('find one row over a key that is unique among the living, within a tenant', () => {
    const profiles = table(
      'profile',
      { id: integer().primaryKey(), personId: integer().references(() => people.id), ...tenant(), ...softDelete() },
      (t) => [uniqueIndex(t.tenantId, t.personId)],
    );
    const all = relations({ people, profiles }, (r) => ({ people: { profile: r.one.profiles() } }));

    expect(relationsOf(all.people)).toMatchObject([{ many: false, from: ['id'], to: ['personId'], unique: true }]);
  });

  test('leave the tables as they are', () => {
    const all = relations({ people, letters }, () => ({}));

    expect(relationsOf(all.people)).toEqual([]);
    expect(catalogOf({ people, letters, all }).tables.map(({ name }) => name)).toEqual(['letter', 'person']);
  });
});

describe('relations are refused', () => {
  const refusal = (code: string, message: string, hint?: string): unknown =>
    expect.objectContaining({
      code,
      message: expect.stringContaining(message) as unknown,
      ...(hint === undefined ? {} : { hint: expect.stringContaining(hint) as unknown }),
    });

  test('when several foreign keys lead there: the hint has the answers', () => {
    expect(() => relations({ people, letters }, (r) => ({ people: { letters: r.many.letters() } }))).toThrow(
      refusal(
        'SCHEMA_INVALID',
        'people.letters: 2 foreign keys',
        `to: 'senderId' } or { from: 'id', to: 'receiverId' }`,
      ),
    );
    expect(() => relations({ people, letters }, (r) => ({ letters: { person: r.one.people() } }))).toThrow(
      refusal(
        'SCHEMA_INVALID',
        '2 foreign keys',
        `say { from: 'senderId', to: 'id' } or { from: 'receiverId', to: 'id' }`,
      ),
    );
    expect(() =>
      relations({ people, follows }, (r) => ({ people: { friends: r.many.people({ through: r.tables.follows }) } })),
    ).toThrow(refusal('SCHEMA_INVALID', '2 foreign keys', `{ from: 'fromId' } or { from: 'toId' }`));
  });

  test('when none does', () => {
    expect(() => relations({ people, islands }, (r) => ({ people: { islands: r.many.islands() } }))).toThrow(
      refusal('SCHEMA_INVALID', 'no foreign key leads between person and island', '.references()'),
    );
    expect(() =>
      relations({ people, letters }, (r) => ({ people: { letters: r.many.letters({ to: 'id' }) } })),
    ).toThrow(refusal('SCHEMA_INVALID', 'no foreign key'));
  });

  test('when columns, tables or names are wrong', () => {
    expect(() =>
      relations({ people, letters }, (r) => ({ people: { sent: r.many.letters({ to: 'sender' }) } })),
    ).toThrow(refusal('SCHEMA_INVALID', 'letter has no column sender', 'senderId'));
    expect(() =>
      relations({ people, letters }, (r) => ({ people: { name: r.many.letters({ to: 'senderId' }) } })),
    ).toThrow(refusal('SCHEMA_INVALID', 'name is a column'));
    expect(() =>
      relations({ people, islands }, (r) => ({
        people: { islands: r.many.islands({ from: ['id', 'name'], to: 'personId' }) },
      })),
    ).toThrow(refusal('SCHEMA_INVALID', 'from names 2 columns and to names 1'));
    expect(() => relations({ people }, () => ({ persons: {} }) as object)).toThrow(
      refusal('SCHEMA_INVALID', 'there is no such table', 'people'),
    );
  });

  test('when one row is promised where there may be several, or none', () => {
    const cards = table('card', { id: integer().primaryKey(), ownerId: integer().references(() => people.id) });
    expect(() => relations({ people, cards }, (r) => ({ people: { card: r.one.cards() } }))).toThrow(
      refusal('SCHEMA_INVALID', 'several rows of card', 'r.many'),
    );
    const promise = (optional: boolean) => () =>
      relations({ people, islands }, (r) => ({
        islands: { person: r.one.people({ from: 'personId', to: 'id', optional }) },
      }));
    expect(promise(false)).toThrow(refusal('SCHEMA_INVALID', 'there may be no row', '{ optional: true }'));
    expect(promise(true)).not.toThrow();
  });
});
