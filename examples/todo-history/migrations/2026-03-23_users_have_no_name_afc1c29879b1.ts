import type { Revision } from 'rowhouse/migration';

export default {
  id: 'afc1c29879b1',
  parents: ['0d5c2a4327c7'],
  message: 'users have no name',
  up: [{ kind: 'park-column', table: { name: 'app_user' }, column: 'name' }],
} satisfies Revision;
