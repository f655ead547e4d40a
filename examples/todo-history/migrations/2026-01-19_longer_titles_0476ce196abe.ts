import type { Revision } from 'rowhouse/migration';

export default {
  id: '0476ce196abe',
  parents: ['4a6f9046c0a2'],
  message: 'longer titles',
  up: [
    {
      kind: 'alter-column',
      table: { name: 'todo' },
      column: {
        name: 'title',
        type: { kind: 'varchar', length: 400 },
        nullable: false,
        comment: 'what is to be done',
      },
    },
  ],
} satisfies Revision;
