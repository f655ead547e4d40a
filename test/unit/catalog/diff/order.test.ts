import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../../src/catalog/change/apply.ts';
import { invertChanges } from '../../../../src/catalog/change/invert.ts';
import { diffCatalogs } from '../../../../src/catalog/diff/diff-catalogs.ts';
import type { Catalog } from '../../../../src/catalog/model/catalog.ts';
import { displayName } from '../../../../src/catalog/model/object-name.ts';
import type { ColumnReference } from '../../../../src/schema/column/column-reference.ts';
import { bigint, enumType, integer, text } from '../../../../src/schema/column/types.ts';
import { declaredRenames } from '../../../../src/schema/declared-renames.ts';
import { domain } from '../../../../src/schema/managed/domain.ts';
import { grant } from '../../../../src/schema/managed/grant.ts';
import { sqlFunction } from '../../../../src/schema/managed/sql-function.ts';
import { trigger } from '../../../../src/schema/managed/trigger.ts';
import { catalogOf, type SchemaModule } from '../../../../src/schema/schema.ts';
import { sequence } from '../../../../src/schema/sequence.ts';
import { foreignKey, primaryKey, unique } from '../../../../src/schema/table/members.ts';
import { table } from '../../../../src/schema/table/table.ts';
import { view } from '../../../../src/schema/view.ts';
import { id, sql } from '../../../../src/sql/sql.ts';
import { comparable } from './comparable.ts';

/** The changes between two schemas as words, after looking that they lead there and back. */
function steps(from: SchemaModule, to: SchemaModule): readonly string[] {
  const [before, after]: [Catalog, Catalog] = [catalogOf(from), catalogOf(to)];
  const changes = diffCatalogs(before, after);
  const reached = applyChanges(changes, before);
  expect(comparable(reached)).toEqual(comparable(after));
  expect(diffCatalogs(reached, after)).toEqual([]);
  expect(comparable(applyChanges(invertChanges(changes, before), reached))).toEqual(comparable(before));
  return changes.map((change) => {
    const object = 'view' in change ? change.view : 'object' in change ? change.object : undefined;
    return object === undefined ? change.kind : `${change.kind} ${displayName(object)}`;
  });
}

const orders = table('orders', { id: integer().primaryKey(), total: integer(), note: text() });
const totals = view('totals', { total: integer() }, sql`select ${orders.total} from ${id('orders')}`);

describe('a column that changes its type', () => {
  const wide = table('orders', { id: integer().primaryKey(), total: bigint(), note: text() });
  const after = view('totals', { total: integer() }, sql`select ${wide.total} from ${id('orders')}`);

  test('is free of the views that read it meanwhile, and of those that read them', () => {
    const sums = view('sums', { sum: integer() }, sql`select sum(total) as sum from ${id('totals')}`);

    expect(steps({ orders, totals, sums }, { wide, after, sums })).toEqual([
      'drop-view sums',
      'drop-view totals',
      'alter-column',
      'create-view totals',
      'create-view sums',
    ]);
  });

  test('leaves views of other columns where they are', () => {
    const notes = view('notes', { note: text() }, sql`select ${orders.note} from ${id('orders')}`);

    expect(steps({ orders, notes }, { wide, notes })).toEqual(['alter-column']);
  });

  test('is free of its triggers meanwhile, but not of a function', () => {
    const create = { postgresql: 'create trigger sum before update of total on orders execute function f()' };
    const sum = trigger('sum', orders, { create });
    const f = sqlFunction('f', { create: { postgresql: 'create function f() … orders total' } });

    expect(steps({ orders, f, sum }, { wide, f, sum })).toEqual(['drop-raw sum', 'alter-column', 'create-raw sum']);
  });

  test('gives the grants of a view that is made again back to it', () => {
    const reader = grant(['select'], 'totals', 'reporting');

    expect(steps({ orders, totals, reader }, { wide, after, reader })).toEqual([
      'drop-raw reporting on totals',
      'drop-view totals',
      'alter-column',
      'create-view totals',
      'create-raw reporting on totals',
    ]);
  });
});

test('a view whose text is written by hand goes before a rename and comes after it, so that the way back fits', () => {
  const byHand = view('totals', { total: integer() }, sql`select total from ${id('orders')}`);
  const renamed = table('orders', { id: integer().primaryKey(), sum: integer().renamedFrom('total'), note: text() });
  const after = view('totals', { sum: integer() }, sql`select sum from ${id('orders')}`);
  const [from, to] = [catalogOf({ orders, byHand }), catalogOf({ renamed, after })];

  const changes = diffCatalogs(from, to, { renames: declaredRenames({ renamed }), drops: [] });

  expect(changes.map(({ kind }) => kind)).toEqual(['drop-view', 'rename-column', 'create-view']);
  expect(comparable(applyChanges(changes, from))).toEqual(comparable(to));
});

test('a column that may be null from now on disturbs no view', () => {
  const loose = table('orders', { id: integer().primaryKey(), total: integer().null(), note: text() });

  expect(steps({ orders, totals }, { loose, totals })).toEqual(['alter-column']);
});

test('a view goes before the table that it reads, and the table before its enum, its domain and its sequence', () => {
  const mood = enumType('mood', ['sad', 'ok']);
  const day = table('day', { id: integer().primaryKey(), mood: mood() });
  const days = view('days', { id: integer() }, sql`select id from ${id('day')}`);
  const numbers = sequence('numbers', { ownedBy: { table: { name: 'day' }, column: 'id' } });
  const email = domain('email', 'text');

  expect(steps({ mood, day, days, numbers, email }, {})).toEqual([
    'drop-view days',
    'alter-sequence',
    'drop-table',
    'drop-raw email',
    'drop-enum',
    'drop-sequence',
  ]);
});

test('a constraint lets go of a column before the column goes', () => {
  const wide = table('seat', { hall: integer(), number: integer(), row: text() }, (t) => [
    primaryKey(t.hall, t.number, t.row),
    unique([t.number, t.row], { name: 'place' }),
  ]);
  const narrow = table('seat', { hall: integer(), number: integer() }, (t) => [
    primaryKey(t.hall, t.number),
    unique([t.number], { name: 'place' }),
  ]);

  expect(steps({ wide }, { narrow })).toEqual(['set-primary-key', 'alter-unique', 'drop-column']);
  expect(steps({ narrow }, { wide })).toEqual(['add-column', 'set-primary-key', 'alter-unique']);
});

test('a foreign key does not stand while the key is replaced that it relies on', () => {
  const hall = table('hall', { id: integer().primaryKey(), code: integer().unique() });
  const other = table('hall', { id: integer(), code: integer().unique() }, (t) => [primaryKey(t.id, t.code)]);
  const seat = table('seat', { id: integer().primaryKey(), hallId: integer().references(() => hall.id) });
  const seatByCode = table('seat', { id: integer().primaryKey(), hallId: integer() }, (t) => [
    foreignKey([t.hallId], () => [other.code], { name: 'seat_hall_id_fkey' }),
  ]);

  expect(steps({ hall, seat }, { other, seatByCode })).toEqual([
    'drop-foreign-key',
    'set-primary-key',
    'add-foreign-key',
  ]);
});

test('tables that refer to each other are made, and go, without a wrong order', () => {
  const hen = table('hen', { id: integer().primaryKey(), eggId: integer() }, (t) => [
    foreignKey([t.eggId], (): readonly ColumnReference[] => [egg.id]),
  ]);
  const egg = table('egg', { id: integer().primaryKey(), henId: integer() }, (t) => [
    foreignKey([t.henId], () => [hen.id]),
  ]);

  expect(steps({}, { hen, egg })).toEqual(['create-table', 'create-table', 'add-foreign-key', 'add-foreign-key']);
  expect(steps({ hen, egg }, {})).toEqual(['drop-foreign-key', 'drop-foreign-key', 'drop-table', 'drop-table']);
});

test('a default moves from a value that goes to one that comes without either being missing', () => {
  const old = enumType('mood', ['sad', 'ok', 'gone']);
  const next = enumType('mood', ['sad', 'ok', 'come'], { renamedValues: {} });
  const from = catalogOf({ day: table('day', { id: integer().primaryKey(), mood: old().default('gone') }) });
  const to = catalogOf({ day: table('day', { id: integer().primaryKey(), mood: next().default('come') }) });

  const changes = diffCatalogs(from, to, { renames: [], drops: ['mood.gone'] });

  expect(changes).toMatchObject([
    { kind: 'alter-enum', enum: { values: ['sad', 'ok', 'gone', 'come'] } },
    { kind: 'alter-column' },
    { kind: 'alter-enum', enum: { values: ['sad', 'ok', 'come'] } },
  ]);
});
