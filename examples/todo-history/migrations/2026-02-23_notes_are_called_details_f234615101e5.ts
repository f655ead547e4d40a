import type { Revision } from 'rowhouse/migration';

export default {
  id: 'f234615101e5',
  parents: ['4cea48c1dcc1'],
  message: 'notes are called details',
  up: [{ kind: 'rename-column', table: { name: 'todo' }, column: 'notes', to: 'details' }],
} satisfies Revision;
