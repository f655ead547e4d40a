import type { Revision } from 'rowhouse/migration';

export default {
  id: 'e75f15a4605e',
  parents: [],
  message: 'initial schema',
  up: [
    {
      kind: 'create-table',
      table: {
        name: 'user_profile',
        columns: [
          { name: 'user_id', type: { kind: 'uuid' }, nullable: false },
          { name: 'display_name', type: { kind: 'varchar', length: 120 }, nullable: false },
          { name: 'birthday', type: { kind: 'date' }, nullable: true },
          { name: 'preferences', type: { kind: 'json' }, nullable: true },
          {
            name: 'created_at',
            type: { kind: 'timestamptz', precision: 3 },
            nullable: false,
            default: { kind: 'now' },
          },
          {
            name: 'updated_at',
            type: { kind: 'timestamptz', precision: 3 },
            nullable: false,
            default: { kind: 'now' },
          },
        ],
        primaryKey: { name: 'user_profile_pkey', columns: ['user_id'] },
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [{ name: 'user_profile_display_name_idx', keys: [{ column: 'display_name' }], unique: false }],
      },
    },
  ],
} satisfies Revision;
