import type { Revision } from 'rowhouse/migration';

export default {
  id: '4cea48c1dcc1',
  parents: ['6e9fd6ca4a57', 'b6f37dea11e2'],
  message: 'tags and open todos',
  up: [],
} satisfies Revision;
