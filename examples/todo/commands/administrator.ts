import { RowhouseError, type ServiceTransaction } from 'rowhouse';
import { roles, users } from '../schema.ts';

/** The keys of the row that makes the user with this address an administrator. */
export async function administrator(
  tx: ServiceTransaction,
  email: string,
): Promise<{ readonly userId: string; readonly roleId: string }> {
  const user = await tx.repository(users).findBy({ email });
  if (user === undefined) {
    throw new RowhouseError('ROW_NOT_FOUND', 'no user has this address', {
      hint: 'create one with `rowhouse user create`',
    });
  }
  const role = await tx.repository(roles).findBy({ slug: 'admin' });
  if (role === undefined) {
    throw new RowhouseError('ROW_NOT_FOUND', 'there is no role admin', { hint: 'load the roles with `rowhouse seed`' });
  }
  return { userId: user.id, roleId: role.id };
}
