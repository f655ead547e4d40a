import type { Revision } from 'rowhouse/migration';

export default {
  id: 'b6f37dea11e2',
  parents: ['50cf8849f6d4'],
  message: 'open todos as a view',
  up: [
    {
      kind: 'create-view',
      view: {
        name: 'open_todo',
        query: {
          parts: [
            { kind: 'text', text: 'select ' },
            { kind: 'name', name: 'id' },
            { kind: 'text', text: ', ' },
            { kind: 'name', name: 'title' },
            { kind: 'text', text: ' from ' },
            { kind: 'name', name: 'todo' },
            { kind: 'text', text: ' where not ' },
            { kind: 'name', name: 'done' },
          ],
        },
        columns: [
          { name: 'id', type: { kind: 'integer' }, nullable: false },
          { name: 'title', type: { kind: 'varchar', length: 400 }, nullable: false },
        ],
        materialized: false,
      },
    },
  ],
} satisfies Revision;
