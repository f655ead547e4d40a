import { integer, softDelete, table, text, timestamps, uuid, uuidv7 } from '../../../src/index.ts';

/** Whom the tests of services write. */
export const guests = table('guest', {
  id: uuid().primaryKey().default(uuidv7()),
  email: text({ max: 40 }).unique(),
  name: text({ max: 12 }).null(),
  visits: integer().default(0),
  badge: text({ max: 20 }),
  ...timestamps(),
  ...softDelete(),
});

/** What hooks write down. */
export const history = table('guest_history', {
  id: integer().identity().primaryKey(),
  line: text({ max: 200 }),
});

export const hotel = { guests, history };
