import { projectCommand } from 'rowhouse';
import { roles, userRoles, users } from '../schema.ts';

/** `rowhouse user demote EMAIL` */
export const demoteUser = projectCommand({
  summary: 'take the administrator role from a user',
  arguments: ['email'],
  async run({ arguments: { email }, open, print }) {
    const database = await open();
    const taken = await database.transaction(async (tx) => {
      const { id: userId } = await tx.repository(users).getBy({ email });
      const { id: roleId } = await tx.repository(roles).getBy({ slug: 'admin' });
      return await tx.repository(userRoles).deleteWhere({ userId, roleId });
    });
    print(taken > 0 ? `${email} is no administrator any more` : `${email} was no administrator`);
  },
});
