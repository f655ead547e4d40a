import Fastify from 'fastify';
import pg from 'pg';
import { randomUUID } from 'node:crypto';

const itemSchema = {
  type: 'object',
  required: ['name', 'email', 'age', 'active', 'score', 'created', 'data'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    email: { type: 'string' },
    age: { type: 'integer' },
    active: { type: 'boolean' },
    score: { type: 'number' },
    created: { type: 'string', format: 'date-time' },
    data: {},
  },
};
const listSchema = {
  type: 'object',
  properties: { limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
};
const keySchema = { type: 'object', properties: { id: { type: 'integer' } } };

/** What a person would write: Fastify with schemas, and named statements on `pg`. */
export async function openByHand({ address }) {
  const pool = new pg.Pool({ ...address, max: 10 });
  const app = Fastify({ genReqId: (request) => request.headers['x-request-id'] ?? randomUUID() });
  app.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id));
  app.get('/items/:id', { schema: { params: keySchema } }, async (request, reply) => {
    const { rows } = await pool.query({
      name: 'get',
      text: 'select * from item where id = $1',
      values: [request.params.id],
    });
    return rows[0] ?? reply.code(404).send({ status: 404, title: 'Not Found' });
  });
  app.get('/items', { schema: { querystring: listSchema } }, async ({ query: { limit } }) => {
    const text = 'select * from item order by id limit $1';
    return pageOf((await pool.query({ name: 'list', text, values: [limit + 1] })).rows, limit);
  });
  app.post('/items', { schema: { body: itemSchema } }, async ({ body }, reply) => {
    const { name, email, age, active, score, created, data } = body;
    const text = `insert into item (name, email, age, active, score, created, data)
      values ($1, $2, $3, $4, $5, $6, $7) returning *`;
    const values = [name, email, age, active, score, created, JSON.stringify(data)];
    const { rows } = await pool.query({ name: 'insert', text, values });
    reply.code(201).header('location', `/items/${rows[0].id}`);
    return rows[0];
  });
  app.get('/notes', { schema: { querystring: listSchema } }, async ({ query: { limit }, headers }) => {
    const client = await pool.connect();
    await client.query('begin');
    const bind = "select set_config('rowhouse.tenant', $1, true)";
    await client.query({ name: 'bind', text: bind, values: [headers['x-tenant']] });
    const text = 'select * from note order by id limit $1';
    const { rows } = await client.query({ name: 'notes', text, values: [limit + 1] });
    await client.query('commit');
    client.release();
    return pageOf(rows, limit);
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

function pageOf(rows, limit) {
  const hasMore = rows.length > limit;
  if (hasMore) rows.pop();
  return { items: rows, next: hasMore ? Buffer.from(String(rows[limit - 1].id)).toString('base64url') : null };
}
