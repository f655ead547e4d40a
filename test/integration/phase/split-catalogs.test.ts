import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { diffCatalogs } from '../../../src/catalog/diff/diff-catalogs.ts';
import { emptyCatalog, type Catalog } from '../../../src/catalog/model/catalog.ts';
import type { View } from '../../../src/catalog/model/view.ts';
import { parkDrops } from '../../../src/migration/parking/park-drops.ts';
import { splitPhases } from '../../../src/migration/phase/split-phases.ts';
import { person } from './people.ts';

const mood = { name: 'mood_kind', values: ['calm', 'glad', 'wild'] };

const visit = {
  name: 'visit',
  columns: [
    { name: 'id', type: { kind: 'integer' }, nullable: false },
    { name: 'person_id', type: { kind: 'integer' }, nullable: false },
    { name: 'feeling', type: { kind: 'enum', name: 'mood_kind' }, nullable: false },
  ],
  primaryKey: { name: 'visit_pkey', columns: ['id'] },
  uniques: [],
  foreignKeys: [
    {
      name: 'visit_person_fkey',
      columns: ['person_id'],
      references: { name: 'person', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'no-action',
    },
  ],
  checks: [
    {
      name: 'visit_person_check',
      expression: {
        parts: [
          { kind: 'name', name: 'person_id' },
          { kind: 'text', text: ' > 0' },
        ],
      },
    },
  ],
  indexes: [{ name: 'visit_person_idx', keys: [{ column: 'person_id' }], unique: false }],
} as const;

const names = (column: string): View => ({
  name: 'person_names',
  query: {
    parts: [
      { kind: 'text', text: 'select ' },
      { kind: 'name', name: column },
      { kind: 'text', text: ' from ' },
      { kind: 'name', name: 'person' },
    ],
  },
  columns: [{ name: column, type: { kind: 'varchar', length: 60 }, nullable: false }],
  materialized: false,
});

const before: Catalog = { ...emptyCatalog, enums: [mood], tables: [person, visit], views: [names('name')] };

function phasesTo(
  wanted: Catalog,
  renames: Parameters<typeof diffCatalogs>[2] = { renames: [], drops: [] },
): {
  readonly expand: readonly Change[];
  readonly contract: readonly Change[];
  readonly left: readonly Change[];
} {
  const { expand, contract } = splitPhases(parkDrops(diffCatalogs(before, wanted, renames), before), before);
  const made = applyChanges([...expand, ...contract], before);
  return { expand, contract, left: diffCatalogs(made, wanted) };
}

const described = (changes: readonly Change[]): readonly string[] => changes.map(({ kind }) => kind);

describe('a difference in two phases', () => {
  test('a view that goes, goes before the column that it reads and that got another name', () => {
    const rename: Change = { kind: 'rename-column', table: { name: 'person' }, column: 'name', to: 'full_name' };
    const wanted: Catalog = { ...applyChanges([rename], before), views: [] };

    const { contract, left } = phasesTo(wanted, { renames: [rename], drops: [] });

    const kinds = described(contract);
    expect(kinds.indexOf('drop-view')).toBeLessThan(kinds.indexOf('park-column'));
    expect(kinds).toContain('drop-view');
    expect(left).toEqual([]);
  });

  test('a column with a key, a check and an index gets another name, each of them once', () => {
    const to = 'guest_id';
    const wanted = applyChanges([{ kind: 'rename-column', table: { name: 'visit' }, column: 'person_id', to }], before);

    const { expand, contract, left } = phasesTo(wanted, {
      renames: [{ kind: 'rename-column', table: { name: 'visit' }, column: 'person_id', to }],
      drops: [],
    });

    expect(left).toEqual([]);
    expect(described(expand)).toEqual(['add-column', 'create-index', 'keep-in-step', 'backfill']);
    expect(described(contract)).toEqual([
      'alter-column',
      'alter-foreign-key',
      'alter-check',
      'drop-index',
      'rename-index',
      'alter-column',
      'keep-values',
      'stop-in-step',
      'park-column',
    ]);
  });

  test('a view goes on with its old column until the contract', () => {
    const rename: Change = { kind: 'rename-column', table: { name: 'person' }, column: 'name', to: 'full_name' };
    const wanted = { ...applyChanges([rename], before), views: [names('full_name')] };

    const { expand, contract, left } = phasesTo(wanted, { renames: [rename], drops: [] });

    expect(left).toEqual([]);
    expect(described(expand).filter((kind) => kind.includes('view'))).toEqual([]);
    expect(described(contract).slice(0, 1)).toEqual(['alter-view']);
  });

  test('a value of an enum goes last, a new one comes first', () => {
    const wanted = { ...before, enums: [{ ...mood, values: ['calm', 'merry', 'wild'] }] };

    const { expand, contract, left } = phasesTo(wanted, { renames: [], drops: ['mood_kind.glad'] });

    expect(left).toEqual([]);
    expect(expand).toMatchObject([{ kind: 'alter-enum', enum: { values: ['calm', 'merry', 'glad', 'wild'] } }]);
    expect(contract).toMatchObject([{ kind: 'alter-enum', enum: { values: ['calm', 'merry', 'wild'] } }]);
  });

  test('a table that goes is parked in the end, with all that stands on it', () => {
    const wanted = { ...before, tables: [person], enums: [mood] };

    const { expand, contract, left } = phasesTo(wanted);

    expect(left).toEqual([]);
    expect(expand).toEqual([]);
    expect(described(contract)).toEqual(['drop-foreign-key', 'park-table']);
  });

  test('a key to another table waits, as old code may break it; one of a new table does not', () => {
    const key = { ...visit.foreignKeys[0], name: 'person_self_fkey', columns: ['code'] };
    const note = { ...visit, name: 'note', foreignKeys: [{ ...visit.foreignKeys[0], name: 'note_person_fkey' }] };
    const made = { ...note, checks: [], indexes: [], primaryKey: { name: 'note_pkey', columns: ['id'] } };
    const wanted = { ...before, tables: [made, { ...person, foreignKeys: [key] }, visit] };

    const { expand, contract, left } = phasesTo(wanted);

    expect(left).toEqual([]);
    expect(described(expand)).toEqual(['create-table', 'add-foreign-key']);
    expect(described(contract)).toEqual(['add-foreign-key']);
  });
});
