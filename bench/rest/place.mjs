import { itemOf } from '../data.mjs';

/** What is asked of each server, and what an answer must have in it. */
export const requests = {
  GET: { path: (turn) => `/items/${1 + ((turn * 7919) % 10_000)}`, status: 200, contains: '"email"' },
  list: { path: () => '/items?limit=20', status: 200, contains: '"email"' },
  POST: {
    method: 'POST',
    path: () => '/items',
    body: (turn) => JSON.stringify(itemOf(turn)),
    status: 201,
    contains: '"email"',
  },
  'tenant list': {
    path: () => '/notes?limit=20',
    headers: (turn) => ({ 'x-tenant': `tenant-${turn % 50}` }),
    status: 200,
    contains: '"body"',
  },
};
