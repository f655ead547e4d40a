import type { Revision } from 'rowhouse/migration';

export default {
  id: '87f37621ba85',
  parents: ['b983ebfeb7b1'],
  message: 'every todo has a slug',
  up: [
    {
      kind: 'add-column',
      table: { name: 'todo' },
      column: { name: 'slug', type: { kind: 'varchar', length: 400 }, nullable: true },
    },
    {
      kind: 'backfill',
      table: { name: 'todo' },
      set: {
        slug: {
          parts: [
            { kind: 'text', text: 'lower(' },
            { kind: 'name', name: 'title' },
            { kind: 'text', text: ')' },
          ],
        },
      },
      where: {
        parts: [
          { kind: 'name', name: 'slug' },
          { kind: 'text', text: ' is null' },
        ],
      },
    },
    {
      kind: 'alter-column',
      table: { name: 'todo' },
      column: { name: 'slug', type: { kind: 'varchar', length: 400 }, nullable: false },
    },
  ],
} satisfies Revision;
