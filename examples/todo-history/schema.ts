import {
  boolean,
  check,
  date,
  enumType,
  id,
  index,
  integer,
  primaryKey,
  sql,
  table,
  text,
  unique,
  varchar,
  view,
} from 'rowhouse';

export const priority = enumType('priority', ['low', 'medium', 'urgent', 'high']);

export const users = table('app_user', {
  id: integer().primaryKey(),
  email: text({ max: 255 }).unique(),
  active: boolean().default(true),
});

export const todos = table(
  'todo',
  {
    id: integer().primaryKey(),
    userId: integer().references(() => users.id, { onDelete: 'cascade' }),
    title: text({ max: 400 }).comment('what is to be done'),
    slug: text({ max: 400 }),
    details: text({ max: 1000 }).null(),
    dueOn: date().null(),
    priority: priority().default('medium'),
    done: boolean().default(false),
  },
  (t) => [
    unique([t.userId, t.title]),
    check('todo_title_filled', sql`${t.title} <> ''`),
    index(t.userId, t.dueOn.desc()),
  ],
);

export const tags = table('tag', { id: integer().primaryKey(), name: text({ max: 60 }).unique() });

export const todoTags = table(
  'todo_tag',
  {
    todoId: integer().references(() => todos.id, { onDelete: 'cascade' }),
    tagId: integer().references(() => tags.id),
  },
  (t) => [primaryKey(t.todoId, t.tagId)],
);

export const openTodos = view(
  'open_todo',
  { id: integer(), title: varchar(400) },
  sql`select ${id('id')}, ${id('title')} from ${id('todo')} where not ${id('done')}`,
);
