import type { Revision } from 'rowhouse/migration';

export default {
  id: '0d5c2a4327c7',
  parents: ['87f37621ba85'],
  message: 'the latest day first',
  up: [
    {
      kind: 'alter-index',
      table: { name: 'todo' },
      index: {
        name: 'todo_user_id_due_on_idx',
        keys: [{ column: 'user_id' }, { column: 'due_on', order: 'desc' }],
        unique: false,
      },
    },
  ],
} satisfies Revision;
