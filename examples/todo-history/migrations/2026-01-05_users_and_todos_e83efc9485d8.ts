import type { Revision } from 'rowhouse/migration';

export default {
  id: 'e83efc9485d8',
  parents: [],
  message: 'users and todos',
  up: [
    { kind: 'create-enum', enum: { name: 'priority', values: ['low', 'normal', 'high'] } },
    {
      kind: 'create-table',
      table: {
        name: 'app_user',
        columns: [
          { name: 'id', type: { kind: 'integer' }, nullable: false },
          { name: 'email', type: { kind: 'varchar', length: 255 }, nullable: false },
          { name: 'name', type: { kind: 'varchar', length: 120 }, nullable: true },
          {
            name: 'active',
            type: { kind: 'boolean' },
            nullable: false,
            default: { kind: 'literal', value: true },
          },
        ],
        primaryKey: { name: 'app_user_pkey', columns: ['id'] },
        uniques: [{ name: 'app_user_email_key', columns: ['email'] }],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    },
    {
      kind: 'create-table',
      table: {
        name: 'todo',
        columns: [
          { name: 'id', type: { kind: 'integer' }, nullable: false },
          { name: 'user_id', type: { kind: 'integer' }, nullable: false },
          { name: 'title', type: { kind: 'varchar', length: 200 }, nullable: false },
          {
            name: 'priority',
            type: { kind: 'enum', name: 'priority' },
            nullable: false,
            default: { kind: 'literal', value: 'normal' },
          },
          {
            name: 'done',
            type: { kind: 'boolean' },
            nullable: false,
            default: { kind: 'literal', value: false },
          },
        ],
        primaryKey: { name: 'todo_pkey', columns: ['id'] },
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    },
    {
      kind: 'add-foreign-key',
      table: { name: 'todo' },
      foreignKey: {
        name: 'todo_user_id_fkey',
        columns: ['user_id'],
        references: { name: 'app_user', columns: ['id'] },
        onDelete: 'no-action',
        onUpdate: 'no-action',
      },
    },
  ],
} satisfies Revision;
