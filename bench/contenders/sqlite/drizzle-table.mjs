import { customType, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const moment = customType({
  dataType: () => 'text',
  toDriver: (value) => value.toISOString(),
  fromDriver: (value) => new Date(value),
});

export const item = sqliteTable('item', {
  id: integer().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  age: integer().notNull(),
  active: integer({ mode: 'boolean' }).notNull(),
  score: real().notNull(),
  created: moment().notNull(),
  data: text({ mode: 'json' }).notNull(),
});
