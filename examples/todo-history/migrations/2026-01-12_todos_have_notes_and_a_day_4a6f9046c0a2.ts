import type { Revision } from 'rowhouse/migration';

export default {
  id: '4a6f9046c0a2',
  parents: ['e83efc9485d8'],
  message: 'todos have notes and a day',
  up: [
    {
      kind: 'add-column',
      table: { name: 'todo' },
      column: { name: 'notes', type: { kind: 'varchar', length: 1000 }, nullable: true },
    },
    {
      kind: 'add-column',
      table: { name: 'todo' },
      column: { name: 'due_on', type: { kind: 'date' }, nullable: true },
    },
    {
      kind: 'create-index',
      table: { name: 'todo' },
      index: { name: 'todo_user_id_due_on_idx', keys: [{ column: 'user_id' }, { column: 'due_on' }], unique: false },
    },
  ],
} satisfies Revision;
