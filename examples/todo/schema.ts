import {
  boolean,
  index,
  primaryKey,
  smallint,
  softDelete,
  table,
  text,
  timestamps,
  timestamptz,
  uuid,
  uuidv7,
} from 'rowhouse';

export const users = table('app_user', {
  id: uuid().primaryKey().default(uuidv7()),
  email: text({ max: 255 }).unique(),
  name: text({ max: 120 }).null(),
  passwordHash: text({ max: 255 }),
  active: boolean().default(true),
  ...timestamps(),
});

export const roles = table('role', {
  id: uuid().primaryKey().default(uuidv7()),
  slug: text({ max: 60 }).unique(),
  name: text({ max: 120 }),
  description: text().null(),
  ...timestamps(),
});

export const userRoles = table(
  'user_role',
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

export const tags = table('tag', {
  id: uuid().primaryKey().default(uuidv7()),
  name: text({ max: 60 }).unique(),
  ...timestamps(),
});

export const todos = table(
  'todo',
  {
    id: uuid().primaryKey().default(uuidv7()),
    userId: uuid()
      .immutable()
      .references(() => users.id, { onDelete: 'cascade' }),
    item: text({ max: 100 }).index(),
    importance: smallint().default(0),
    planAt: timestamptz().null(),
    done: boolean().default(false),
    ...timestamps(),
    ...softDelete(),
  },
  // The page a user opens most: their own, newest first.
  (t) => [index(t.userId, t.createdAt.desc())],
);

export const todoTags = table(
  'todo_tag',
  {
    todoId: uuid()
      .immutable()
      .references(() => todos.id, { onDelete: 'cascade' }),
    tagId: uuid()
      .immutable()
      .references(() => tags.id, { onDelete: 'cascade' }),
    ...timestamps(),
  },
  (t) => [primaryKey(t.todoId, t.tagId), index(t.tagId)],
);
