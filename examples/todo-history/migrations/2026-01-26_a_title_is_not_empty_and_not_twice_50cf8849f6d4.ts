import type { Revision } from 'rowhouse/migration';

export default {
  id: '50cf8849f6d4',
  parents: ['0476ce196abe'],
  message: 'a title is not empty and not twice',
  up: [
    {
      kind: 'add-unique',
      table: { name: 'todo' },
      unique: { name: 'todo_user_id_title_key', columns: ['user_id', 'title'] },
    },
    {
      kind: 'add-check',
      table: { name: 'todo' },
      check: {
        name: 'todo_title_filled',
        expression: {
          parts: [
            { kind: 'name', name: 'title' },
            { kind: 'text', text: " <> ''" },
          ],
        },
      },
    },
    {
      kind: 'alter-foreign-key',
      table: { name: 'todo' },
      foreignKey: {
        name: 'todo_user_id_fkey',
        columns: ['user_id'],
        references: { name: 'app_user', columns: ['id'] },
        onDelete: 'cascade',
        onUpdate: 'no-action',
      },
    },
  ],
} satisfies Revision;
