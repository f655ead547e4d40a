import { account, defineProject, service } from 'rowhouse';
import { createUser } from './commands/create-user.ts';
import { demoteUser } from './commands/demote-user.ts';
import { promoteUser } from './commands/promote-user.ts';
import { resources } from './resources.ts';
import * as schema from './schema.ts';

const { users, roles, userRoles, tags, todos, todoTags } = schema;

export default defineProject({
  name: 'todo',
  services: {
    todo: service({
      schema,
      migrations: './migrations',
      seeds: './seeds',
      resources,
      accounts: [account('todo-app').readWrite(users, userRoles, tags, todos, todoTags).readOnly(roles)],
    }),
  },
  commands: { 'user create': createUser, 'user promote': promoteUser, 'user demote': demoteUser },
});
