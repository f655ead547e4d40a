import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../../src/catalog/change/apply.ts';
import { diffCatalogs, unclearRenames } from '../../../../src/catalog/diff/diff-catalogs.ts';
import { fromHint, renameHint } from '../../../../src/catalog/diff/rename-hint.ts';
import { noDecisions, type Rename, type RenameDecisions } from '../../../../src/catalog/diff/rename.ts';
import type { Catalog } from '../../../../src/catalog/model/catalog.ts';
import type { RowhouseError } from '../../../../src/errors/rowhouse-error.ts';
import { bigint, enumType, integer, text } from '../../../../src/schema/column/types.ts';
import { declaredRenames } from '../../../../src/schema/declared-renames.ts';
import { catalogOf, type SchemaModule } from '../../../../src/schema/schema.ts';
import { sequence } from '../../../../src/schema/sequence.ts';
import { check, index } from '../../../../src/schema/table/members.ts';
import { table } from '../../../../src/schema/table/table.ts';
import { view } from '../../../../src/schema/view.ts';
import { id, sql } from '../../../../src/sql/sql.ts';

const person = table(
  'person',
  { id: integer().primaryKey(), nick: text({ max: 20 }).unique(), age: integer() },
  (t) => [index(t.age), check('grown', sql`${t.age} > 0`)],
);
const pet = table('pet', { id: integer().primaryKey(), ownerId: integer().references(() => person.id) });
const before = catalogOf({ person, pet });

const kinds = (from: Catalog, schema: SchemaModule, drops: readonly string[] = []): readonly string[] =>
  diffCatalogs(from, catalogOf(schema), { renames: declaredRenames(schema), drops }).map(({ kind }) => kind);

function refusal(from: Catalog, to: Catalog, decisions: RenameDecisions = noDecisions): RowhouseError {
  try {
    diffCatalogs(from, to, decisions);
  } catch (error) {
    return error as RowhouseError;
  }
  throw new Error('nothing was refused');
}

describe('a column that is gone beside one that is new', () => {
  const renamed = table('person', { id: integer().primaryKey(), alias: text({ max: 20 }), age: integer() });
  const from = catalogOf({
    person: table('person', { id: integer().primaryKey(), nick: text({ max: 20 }), age: integer() }),
  });
  const to = catalogOf({ renamed });

  test('is refused with both answers', () => {
    const error = refusal(from, to);

    expect(error.code).toBe('RENAME_UNCLEAR');
    expect(error.message).toBe('column person.nick is gone and alias is new: a rename, or a drop and a new column');
    expect(error.hint).toContain('{"renames":[{"column":"person.nick","to":"alias"}]}');
    expect(error.hint).toContain('{"drops":["person.nick"]}');
  });

  test('is renamed when that was said', () => {
    const changes = diffCatalogs(from, to, {
      renames: [{ kind: 'rename-column', table: { name: 'person' }, column: 'nick', to: 'alias' }],
      drops: [],
    });

    expect(changes).toEqual([{ kind: 'rename-column', table: { name: 'person' }, column: 'nick', to: 'alias' }]);
  });

  test('is dropped when that was said', () => {
    const changes = diffCatalogs(from, to, { renames: [], drops: ['person.nick'] });

    expect(changes.map(({ kind }) => kind)).toEqual(['add-column', 'drop-column']);
  });

  test('is no question when the new one holds another sort of value', () => {
    const other = table('person', { id: integer().primaryKey(), born: bigint(), age: integer() });

    expect(kinds(from, { other })).toEqual(['add-column', 'drop-column']);
  });

  test('is no question alone', () => {
    const less = table('person', { id: integer().primaryKey(), age: integer() });

    expect(kinds(from, { less })).toEqual(['drop-column']);
    expect(diffCatalogs(catalogOf({ less }), from).map(({ kind }) => kind)).toEqual(['add-column']);
  });
});

describe('a declared rename', () => {
  const human = table(
    'human',
    { id: integer().primaryKey(), alias: text({ max: 20 }).unique().renamedFrom('nick'), age: bigint() },
    (t) => [index(t.age), check('grown', sql`${t.age} > 0`)],
    { renamedFrom: 'person' },
  );
  const animal = table('pet', { id: integer().primaryKey(), ownerId: integer().references(() => human.id) });

  test('takes the table first, then what is in it, then the names of constraints, then what else differs', () => {
    const schema = { human, animal };

    const changes = diffCatalogs(before, catalogOf(schema), { renames: declaredRenames(schema), drops: [] });

    expect(changes.map(({ kind }) => kind)).toEqual([
      'rename-table',
      'rename-column',
      'rename-constraint',
      'rename-constraint',
      'rename-index',
      'alter-column',
    ]);
    expect(diffCatalogs(applyChanges(changes, before), catalogOf(schema))).toEqual([]);
  });

  test('is harmless when the old name is gone already', () => {
    expect(kinds(catalogOf({ human, animal }), { human, animal })).toEqual([]);
  });

  test('is refused when what it becomes is there already, as what is in the old one would be lost', () => {
    const both = catalogOf({
      person: table('person', { id: integer().primaryKey() }),
      human: table('human', { id: integer().primaryKey() }),
    });
    const schema = { human: table('human', { id: integer().primaryKey() }, () => [], { renamedFrom: 'person' }) };

    expect(() => kinds(both, schema)).toThrow(/person cannot become human, which is there already/);
    expect(kinds(both, schema, ['person'])).toEqual(['drop-table']);
  });

  test('of an enum, its values, a sequence, a view and an index is found', () => {
    const mood = enumType('mood', ['sad', 'ok']);
    const feeling = enumType('feeling', ['low', 'ok'], { renamedFrom: 'mood', renamedValues: { sad: 'low' } });
    const old = {
      mood,
      numbers: sequence('numbers', { start: '5' }),
      list: view('list', { id: integer() }, sql`select id from ${id('day')}`),
      day: table('day', { id: integer().primaryKey(), mood: mood().default('sad') }, (t) => [
        index(t.mood, { name: 'm' }),
      ]),
    };
    const schema = {
      feeling,
      counter: sequence('counter', { start: '5', renamedFrom: 'numbers' }),
      days: view('days', { id: integer() }, sql`select id from ${id('day')} where true`, { renamedFrom: 'list' }),
      day: table('day', { id: integer().primaryKey(), mood: feeling().default('low') }, (t) => [
        index(t.mood.desc(), { name: 'n', renamedFrom: 'm' }),
      ]),
    };

    expect(kinds(catalogOf(old), schema).toSorted()).toEqual([
      'alter-index',
      'alter-view',
      'rename-enum',
      'rename-enum-value',
      'rename-index',
      'rename-sequence',
      'rename-view',
    ]);
  });
});

describe('a table that is gone beside one that is new', () => {
  const to = (columns: Parameters<typeof table>[1]): Catalog => catalogOf({ renamed: table('human', columns) });
  const from = catalogOf({ person: table('person', { id: integer().primaryKey(), nick: text(), age: integer() }) });

  test('is a question when half of the columns are the same', () => {
    const [question] = unclearRenames(
      from,
      to({ id: integer().primaryKey(), nick: text(), size: integer() }),
      noDecisions,
    );

    expect(question).toMatchObject({ what: 'table', gone: 'person', renames: [{ kind: 'rename-table', to: 'human' }] });
  });

  test('is none when they share less', () => {
    const target = to({ id: integer().primaryKey(), city: text(), street: text() });

    expect(diffCatalogs(from, target).map(({ kind }) => kind)).toEqual(['drop-table', 'create-table']);
  });
});

test('two columns that could have become two others are two questions with hints that fit each other', () => {
  const from = catalogOf({ a: table('a', { id: integer().primaryKey(), x: integer(), y: integer() }) });
  const to = catalogOf({ a: table('a', { id: integer().primaryKey(), v: integer(), w: integer() }) });

  const { hint, details } = refusal(from, to);

  expect(details['unclear']).toHaveLength(2);
  expect(hint).toContain('[{"column":"a.x","to":"v"},{"column":"a.y","to":"w"}]');
});

test('an enum value that is gone beside a new one is a question', () => {
  const from = catalogOf({ mood: enumType('mood', ['sad', 'ok']) });
  const to = catalogOf({ mood: enumType('mood', ['low', 'ok']) });

  expect(refusal(from, to).hint).toContain('{"enumValue":"mood.sad","to":"low"}');
});

test('a renamed column is renamed in references, in views that read only its table, and not in others', () => {
  const list = view('list', { nick: text() }, sql`select ${id('nick')} from ${id('person')}`);
  const both = view('both', { nick: text() }, sql`select ${id('nick')} from ${id('person')}, ${id('ghost')}`);
  const ghost = table('ghost', { nick: text() });

  const after = applyChanges(
    [
      { kind: 'rename-column', table: { name: 'person' }, column: 'nick', to: 'alias' },
      { kind: 'rename-column', table: { name: 'person' }, column: 'id', to: 'key' },
      { kind: 'rename-column', table: { name: 'person' }, column: 'age', to: 'years' },
    ],
    catalogOf({ person, pet, list, both, ghost }),
  );

  const names = after.views.map(({ query }) =>
    query.parts.flatMap((part) => (part.kind === 'name' ? [part.name] : [])),
  );
  const found = after.tables.find(({ name }) => name === 'person');
  expect(names).toEqual([
    ['alias', 'person'],
    ['nick', 'person', 'ghost'],
  ]);
  expect(after.tables.find(({ name }) => name === 'pet')?.foreignKeys[0]?.references.columns).toEqual(['key']);
  expect(found).toMatchObject({
    primaryKey: { columns: ['key'] },
    uniques: [{ columns: ['alias'] }],
    indexes: [{ keys: [{ column: 'years' }] }],
  });
  expect(found?.checks[0]?.expression.parts[0]).toEqual({ kind: 'name', name: 'years' });
});

describe('a table that is in another namespace', () => {
  const away = table('pet', { id: integer().primaryKey() }, () => [], { namespace: 'zoo' });
  const here = catalogOf({ pet: table('pet', { id: integer().primaryKey() }) });

  test('is not made anew, which would lose its rows, and is no guess', () => {
    const error = refusal(here, catalogOf({ away }));

    expect(error.code).toBe('RENAME_UNCLEAR');
    expect(error.message).toContain('table pet is gone and zoo.pet is new');
    expect(error.hint).toContain('{"renames":[{"table":"pet","to":"zoo.pet"}]}');
  });

  test('is moved when the schema or a hint says so, once', () => {
    const said = table('beast', { id: integer().primaryKey() }, () => [], { namespace: 'zoo', renamedFrom: '.pet' });
    const move = { kind: 'move-object', of: 'table', object: { name: 'pet' }, to: { namespace: 'zoo', name: 'beast' } };
    const decisions = { renames: declaredRenames({ said }), drops: [] };

    const changes = diffCatalogs(here, catalogOf({ said }), decisions);

    const key = { kind: 'rename-constraint', table: move.to, name: 'pet_pkey', to: 'beast_pkey' };
    expect(changes).toEqual([{ kind: 'create-namespace', name: 'zoo' }, move, key]);
    const home = catalogOf({ said });
    expect(diffCatalogs(home, home, decisions)).toEqual([]);
    expect(fromHint({ table: 'pet', to: 'zoo.beast' })).toEqual(move);
    expect(renameHint(move as Rename)).toEqual({ table: 'pet', to: 'zoo.beast' });
    expect(fromHint({ table: 'zoo.beast', to: '.pet' })).toEqual({ ...move, object: move.to, to: move.object });
  });

  test('is made anew when that was said', () => {
    const changes = diffCatalogs(here, catalogOf({ away }), { renames: [], drops: ['pet'] });

    expect(changes.map(({ kind }) => kind)).toEqual(['drop-table', 'create-namespace', 'create-table']);
  });
});
