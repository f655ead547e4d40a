import type { Revision } from 'rowhouse/migration';

export default {
  id: '6e9fd6ca4a57',
  parents: ['50cf8849f6d4'],
  message: 'tags',
  up: [
    {
      kind: 'create-table',
      table: {
        name: 'tag',
        columns: [
          { name: 'id', type: { kind: 'integer' }, nullable: false },
          { name: 'name', type: { kind: 'varchar', length: 60 }, nullable: false },
        ],
        primaryKey: { name: 'tag_pkey', columns: ['id'] },
        uniques: [{ name: 'tag_name_key', columns: ['name'] }],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    },
    {
      kind: 'create-table',
      table: {
        name: 'todo_tag',
        columns: [
          { name: 'todo_id', type: { kind: 'integer' }, nullable: false },
          { name: 'tag_id', type: { kind: 'integer' }, nullable: false },
        ],
        primaryKey: { name: 'todo_tag_pkey', columns: ['todo_id', 'tag_id'] },
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    },
    {
      kind: 'add-foreign-key',
      table: { name: 'todo_tag' },
      foreignKey: {
        name: 'todo_tag_todo_id_fkey',
        columns: ['todo_id'],
        references: { name: 'todo', columns: ['id'] },
        onDelete: 'cascade',
        onUpdate: 'no-action',
      },
    },
    {
      kind: 'add-foreign-key',
      table: { name: 'todo_tag' },
      foreignKey: {
        name: 'todo_tag_tag_id_fkey',
        columns: ['tag_id'],
        references: { name: 'tag', columns: ['id'] },
        onDelete: 'no-action',
        onUpdate: 'no-action',
      },
    },
  ],
} satisfies Revision;
