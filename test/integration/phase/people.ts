import type { Change } from '../../../src/catalog/change/change.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import { applyChanges } from '../../../src/catalog/change/apply.ts';
import { emptyCatalog, type Catalog } from '../../../src/catalog/model/catalog.ts';
import { splitPhases, type Phases } from '../../../src/migration/phase/split-phases.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { revision } from '../migration/history.ts';

/** A table as old code knows it, with something of everything on its columns. */
export const person: Table = {
  name: 'person',
  columns: [
    { name: 'id', type: { kind: 'integer' }, nullable: false },
    { name: 'name', type: { kind: 'varchar', length: 60 }, nullable: false },
    {
      name: 'mood',
      type: { kind: 'varchar', length: 20 },
      nullable: true,
      default: { kind: 'literal', value: 'calm' },
    },
    { name: 'code', type: { kind: 'integer' }, nullable: false },
  ],
  primaryKey: { name: 'person_pkey', columns: ['id'] },
  uniques: [{ name: 'person_name_key', columns: ['name'] }],
  foreignKeys: [],
  checks: [],
  indexes: [{ name: 'person_mood_idx', keys: [{ column: 'mood' }], unique: false }],
};

export const table = { name: 'person' };

export const first: LoadedRevision = revision('first', [], [{ kind: 'create-table', table: person }]);

export const before: Catalog = applyChanges(first.up, emptyCatalog);

/** The first revision, and the two that changes after it become. */
export function history(
  changes: readonly Change[],
  from: readonly LoadedRevision[] = [first],
): readonly LoadedRevision[] {
  const { expand, contract } = phasesOf(changes);
  return [
    ...from,
    revision('expand', [from.at(-1)?.id ?? ''], expand, { phase: 'expand' }),
    ...(contract.length === 0 ? [] : [revision('contract', ['expand'], contract, { phase: 'contract' })]),
  ];
}

export function phasesOf(changes: readonly Change[]): Phases {
  return splitPhases(changes, before);
}

/** Both columns that old code writes get other names. */
export const renames: readonly Change[] = [
  { kind: 'rename-column', table, column: 'name', to: 'full_name' },
  { kind: 'rename-column', table, column: 'mood', to: 'temper' },
];
