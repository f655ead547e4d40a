import { boolean, index, integer, table, text, timestamps, unique, uuid, uuidv7 } from 'rowhouse';

export const routes = table(
  'gateway_route',
  {
    id: uuid().primaryKey().default(uuidv7()),
    method: text({ max: 10 }),
    path: text({ max: 200 }),
    service: text({ max: 60 }),
    requestsPerMinute: integer().default(600),
    enabled: boolean().default(true),
    ...timestamps(),
  },
  (t) => [unique([t.method, t.path]), index(t.service)],
);
