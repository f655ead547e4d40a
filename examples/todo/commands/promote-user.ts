import { projectCommand } from 'rowhouse';
import { roles, userRoles, users } from '../schema.ts';

/** `rowhouse user promote EMAIL` */
export const promoteUser = projectCommand({
  summary: 'make a user an administrator',
  arguments: ['email'],
  async run({ arguments: { email }, open, print }) {
    const database = await open();
    const created = await database.transaction(async (tx) => {
      const { id: userId } = await tx.repository(users).getBy({ email });
      const { id: roleId } = await tx.repository(roles).getBy({ slug: 'admin' });
      const given = await tx.repository(userRoles).exists({ userId, roleId });
      if (!given) await tx.repository(userRoles).insert({ userId, roleId });
      return !given;
    });
    print(created ? `${email} is an administrator now` : `${email} was an administrator already`);
  },
});
