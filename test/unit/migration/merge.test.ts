import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
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
