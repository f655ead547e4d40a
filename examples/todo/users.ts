import { text } from 'rowhouse';
import { tableService } from 'rowhouse/http';
import { hashPassword } from './password.ts';
import { users } from './schema.ts';

/** Users take a password and keep its hash: the plain text never reaches a statement. */
export const userService = tableService(users, {
  takes: { password: text({ max: 200 }) },
  makes: ['passwordHash'],
  beforeCreate: async ({ password, ...user }) => ({ ...user, passwordHash: await hashPassword(password) }),
  beforeUpdate: async ({ password, ...change }) =>
    password === undefined ? change : { ...change, passwordHash: await hashPassword(password) },
});
