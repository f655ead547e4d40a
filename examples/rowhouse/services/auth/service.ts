import { account, service } from 'rowhouse';
import * as schema from './schema.ts';

const { auditLog, roles, sessions, userRoles, users } = schema;

/** Who may come in: users, their roles, their sessions. */
export const auth = service({
  schema,
  migrations: '../services/auth/migrations',
  seeds: '../services/auth/seeds',
  accounts: [account('auth-rw').readWrite(users, userRoles, sessions, auditLog).readOnly(roles)],
});
