import { boolean, index, json, primaryKey, table, text, timestamps, timestamptz, uuid, uuidv7 } from 'rowhouse';

export const users = table('auth_user', {
  id: uuid().primaryKey().default(uuidv7()),
  email: text({ max: 255 }).unique(),
  passwordHash: text({ max: 255 }),
  active: boolean().default(true),
  ...timestamps(),
});

export const roles = table('auth_role', {
  id: uuid().primaryKey().default(uuidv7()),
  name: text({ max: 60 }).unique(),
  system: boolean().default(false),
  ...timestamps(),
});

export const userRoles = table(
  'auth_user_role',
  {
    userId: uuid()
      .immutable()
      .references(() => users.id, { onDelete: 'cascade' }),
    roleId: uuid()
      .immutable()
      .references(() => roles.id, { onDelete: 'cascade' }),
    ...timestamps(),
  },
  (t) => [primaryKey(t.userId, t.roleId), index(t.roleId)],
);

export const sessions = table(
  'auth_session',
  {
    id: uuid().primaryKey().default(uuidv7()),
    userId: uuid()
      .immutable()
      .references(() => users.id, { onDelete: 'cascade' }),
    tokenHash: text({ max: 64 }).unique(),
    active: boolean().default(true),
    expiresAt: timestamptz(),
    ...timestamps(),
  },
  // The clean-up job asks for what has expired and is still active.
  (t) => [index(t.active, t.expiresAt), index(t.userId)],
);

export const auditLog = table(
  'auth_audit_log',
  {
    id: uuid().primaryKey().default(uuidv7()),
    // No foreign key: what a user did stays known after the user is gone.
    userId: uuid().null(),
    action: text({ max: 60 }),
    details: json().null(),
    ...timestamps(),
  },
  (t) => [index(t.userId, t.createdAt.desc())],
);
