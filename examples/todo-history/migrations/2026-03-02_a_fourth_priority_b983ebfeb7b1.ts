import type { Revision } from 'rowhouse/migration';

export default {
  id: 'b983ebfeb7b1',
  parents: ['f234615101e5'],
  message: 'a fourth priority',
  up: [
    { kind: 'rename-enum-value', enum: { name: 'priority' }, value: 'normal', to: 'medium' },
    { kind: 'alter-enum', enum: { name: 'priority', values: ['low', 'medium', 'urgent', 'high'] } },
  ],
} satisfies Revision;
