import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { applyChanges } from '../../../src/catalog/change/apply.ts';
import { describeChange } from '../../../src/catalog/change/describe-change.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { RawObject } from '../../../src/catalog/model/raw-object.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { findConflict } from '../../../src/migration/merge/commute.ts';
import { refuseConflicts } from '../../../src/migration/merge/merge-branches.ts';
import { RevisionGraph } from '../../../src/migration/revision/revision-graph.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';

const person = { name: 'person' };

const makePerson: Change = {
  kind: 'create-table',
  table: { ...person, columns: [column('id')], uniques: [], foreignKeys: [], checks: [], indexes: [] },
};

describe('branches that join by themselves', () => {
  test('add different columns to one table', () => {
    expect(conflictOf([add('email')], [add('phone')])).toBeUndefined();
  });

  test('make different tables', () => {
    const other: Change = { ...makePerson, table: { ...makePerson.table, name: 'order' } };

    expect(conflictOf([other], [add('email')])).toBeUndefined();
  });

  test('rename a table in one and touch another in the other', () => {
    const other: Change = { ...makePerson, table: { ...makePerson.table, name: 'order' } };

    expect(conflictOf([{ kind: 'rename-table', table: person, to: 'customer' }], [other])).toBeUndefined();
  });
});

describe('branches that do not', () => {
  test('add the same column, and both changes are named with their revisions', () => {
    const error = conflictOf([add('phone'), add('email')], [add('fax'), add('email')]);

    expect(error?.code).toBe('MERGE_CONFLICT');
    expect(error?.message).toBe(
      '"add column person.email" of revision ours conflicts with "add column person.email" of revision theirs',
    );
  });

  test('drop a table that a foreign key of the other refers to', () => {
    const order: Change = {
      ...makePerson,
      table: { ...makePerson.table, name: 'order', columns: [column('id'), column('person')] },
    };
    const foreignKey: Change = {
      kind: 'add-foreign-key',
      table: { name: 'order' },
      foreignKey: {
        name: 'order_person_fkey',
        columns: ['person'],
        references: { ...person, columns: ['id'] },
        onDelete: 'no-action',
        onUpdate: 'no-action',
      },
    };
    const error = conflictOf([{ kind: 'drop-table', table: person }], [order, foreignKey]);

    expect(error?.message).toContain('"drop table person" of revision ours');
    expect(error?.message).toContain('"add foreign key order.order_person_fkey" of revision theirs');
  });

  test('rename what the other one changes', () => {
    const error = conflictOf([{ kind: 'rename-table', table: person, to: 'customer' }], [add('email')]);

    expect(error?.message).toContain('"rename table person to customer" of revision ours');
    expect(error?.message).toContain('"add column person.email" of revision theirs');
  });

  test.each<readonly [string, Change]>([
    [
      'a view',
      {
        kind: 'create-view',
        view: { name: 'reader', query: textExpression('select id from person'), columns: [], materialized: false },
      },
    ],
    [
      'a function',
      { kind: 'create-raw', object: reading('function', 'create function reader() … select id from person') },
    ],
    [
      'a trigger',
      { kind: 'create-raw', object: { ...reading('trigger', 'create trigger reader … new.id'), table: 'person' } },
    ],
  ])('make %s that reads what the other one renames or takes away', (_, reader) => {
    const gone: readonly Change[] = [
      { kind: 'rename-column', table: person, column: 'id', to: 'number' },
      { kind: 'park-table', table: person },
    ];

    for (const change of gone) {
      const error = conflictOf([reader], [change]);
      expect(error?.details['ours']).toMatchObject({ change: describeChange(reader) });
      expect(error?.details['theirs']).toMatchObject({ change: describeChange(change) });
    }
    expect(conflictOf([reader], [add('email')])).toBeUndefined();
  });

  test.each<readonly [string, Change, Change]>([
    [
      'a namespace that the other makes something in',
      { kind: 'drop-namespace', name: 'shop' },
      { kind: 'create-enum', enum: { namespace: 'shop', name: 'size', values: ['s'] } },
    ],
    [
      'an enum that the other makes a column of',
      { kind: 'drop-enum', enum: { name: 'mood' } },
      { kind: 'add-column', table: person, column: { ...column('mood'), type: { kind: 'enum', name: 'mood' } } },
    ],
  ])('drop %s', (_, drop, use) => {
    const base = applyChanges(
      [
        makePerson,
        { kind: 'create-namespace', name: 'shop' },
        { kind: 'create-enum', enum: { name: 'mood', values: ['calm'] } },
      ],
      emptyCatalog,
    );

    expect(findConflict(base, [drop], [use], (change) => change)).toEqual({ ours: drop, theirs: use });
  });

  test('change one column in two ways', () => {
    const nullable: Change = { kind: 'alter-column', table: person, column: { ...column('id'), nullable: true } };
    const wide: Change = {
      kind: 'alter-column',
      table: person,
      column: { ...column('id'), type: { kind: 'bigint' } },
    };

    expect(conflictOf([nullable], [wide])?.details['theirs']).toMatchObject({ change: 'alter column person.id' });
    expect(conflictOf([nullable], [nullable])).toBeUndefined();
  });
});

function conflictOf(ours: readonly Change[], theirs: readonly Change[]): RowhouseError | undefined {
  const graph = new RevisionGraph([
    revision('base', [], [makePerson]),
    revision('ours', ['base'], ours),
    revision('theirs', ['base'], theirs),
  ]);
  try {
    refuseConflicts(graph, graph.heads());
    return undefined;
  } catch (error) {
    if (error instanceof RowhouseError) return error;
    throw error;
  }
}

function revision(id: string, parents: readonly string[], up: readonly Change[]): LoadedRevision {
  return { id, parents, message: id, up, file: `${id}.ts`, checksum: id };
}

function column(name: string): Extract<Change, { kind: 'add-column' }>['column'] {
  return { name, type: { kind: 'integer' }, nullable: false };
}

function add(name: string): Change {
  return { kind: 'add-column', table: person, column: column(name) };
}

function reading(type: string, text: string): RawObject {
  return { type, name: 'reader', stage: 'after-tables', create: { any: text }, drop: { any: `drop ${type} reader` } };
}
