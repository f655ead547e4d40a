import { projectCommand } from 'rowhouse';
import { userRoles } from '../schema.ts';
import { administrator } from './administrator.ts';

/** `rowhouse user demote EMAIL` */
export const demoteUser = projectCommand({
  summary: 'take the administrator role from a user',
  arguments: ['email'],
  async run({ arguments: { email }, open, print }) {
    const database = await open();
    const taken = await database.transaction(
      async (tx) => await tx.repository(userRoles).deleteWhere(await administrator(tx, email)),
    );
    print(taken > 0 ? `${email} is no administrator any more` : `${email} was no administrator`);
  },
});
