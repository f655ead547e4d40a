import { account, service } from 'rowhouse';
import * as schema from './schema.ts';

/** What people say about themselves. */
export const user = service({
  schema,
  migrations: '../services/user/migrations',
  accounts: [account('user-rw').readWrite(schema.profiles)],
});
