import { resource, type Resource } from 'rowhouse/http';
import { roles, tags, todos, todoTags, userRoles, users } from './schema.ts';
import { userService } from './users.ts';

/** What the application shows over HTTP, and how it may be asked. */
export const resources: readonly Resource[] = [
  resource(users, {
    prefix: '/users',
    service: userService,
    hidden: ['passwordHash'],
    search: ['name', 'email'],
    order: { allowed: ['createdAt', 'name', 'email'] },
  }),
  resource(roles, { prefix: '/roles', actions: ['list', 'get'] }),
  resource(userRoles, { prefix: '/user-roles', actions: ['list'] }),
  resource(tags, { prefix: '/tags', search: ['name'] }),
  resource(todos, { prefix: '/todos', search: ['item'] }),
  resource(todoTags, { prefix: '/todo-tags', actions: ['list', 'create', 'get', 'delete'] }),
];
