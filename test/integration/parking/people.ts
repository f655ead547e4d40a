import type { Change } from '../../../src/catalog/change/change.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { revision } from '../migration/history.ts';

const name = { name: 'person' };

/** A table with a column that must have a value, one with a default and one that may be empty. */
export const person: Table = {
  ...name,
  columns: [
    { name: 'id', type: { kind: 'integer' }, nullable: false },
    { name: 'email', type: { kind: 'varchar', length: 60 }, nullable: false },
    {
      name: 'level',
      type: { kind: 'integer' },
      nullable: false,
      default: { kind: 'literal', value: 7 },
    },
    { name: 'motto', type: { kind: 'varchar', length: 60 }, nullable: true },
  ],
  primaryKey: { name: 'person_pkey', columns: ['id'] },
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
};

/** The table with its index; then what is parked. */
export function people(...parks: readonly Change[]): readonly LoadedRevision[] {
  const index = { name: 'person_id_idx', keys: [{ column: 'id' }], unique: false };
  return [
    revision(
      'r1',
      [],
      [
        { kind: 'create-table', table: person },
        { kind: 'create-index', table: name, index },
      ],
    ),
    revision('r2', ['r1'], parks),
  ];
}

export function parkColumn(column: string): Change {
  return { kind: 'park-column', table: name, column };
}

export const parkTable: Change = { kind: 'park-table', table: name };
