import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({
  name: 'todo-history',
  services: { todo: service({ schema, migrations: './migrations' }) },
});
