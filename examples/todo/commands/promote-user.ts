import { projectCommand } from 'rowhouse';
import { userRoles } from '../schema.ts';
import { administrator } from './administrator.ts';

/** `rowhouse user promote EMAIL` */
export const promoteUser = projectCommand({
  summary: 'make a user an administrator',
  arguments: ['email'],
  async run({ arguments: { email }, open, print }) {
    const database = await open();
    const { created } = await database.transaction(
      async (tx) =>
        await tx.repository(userRoles).upsert(await administrator(tx, email), { match: ['userId', 'roleId'] }),
    );
    print(created ? `${email} is an administrator now` : `${email} was an administrator already`);
  },
});
