// What a service writes, against the package as it is published: every entry, in the strictest settings.
import assert from 'node:assert/strict';
import {
  connect,
  defineProject,
  fromUrl,
  RowhouseError,
  service,
  table,
  text,
  timestamps,
  uuid,
  uuidv7,
} from 'rowhouse';
import { createClient } from 'rowhouse/client';
import { nodeListener } from 'rowhouse/http';
import { createApi, resource, serve, tableService } from 'rowhouse/http';
import { rowhouse } from 'rowhouse/fastify';
import { loadRevisions, type Revision } from 'rowhouse/migration';
import { sqliteFiles, temporaryDatabase } from 'rowhouse/testing';

const users = table('app_user', {
  id: uuid().primaryKey().default(uuidv7()),
  email: text({ max: 255 }).unique(),
  nickname: text().null(),
  ...timestamps(),
});
const project = defineProject({ services: { app: service({ schema: { users }, migrations: './migrations' }) } });
assert.deepEqual(
  project.services['app']?.catalog.tables.map(({ name }) => name),
  ['app_user'],
);

const empty: Revision = { id: '000000000001', parents: [], message: 'nothing', up: [] };
assert.equal(empty.up.length, 0);
assert.equal((await loadRevisions('./no-such-directory')).ordered.length, 0);
assert.equal(typeof rowhouse, 'function');
assert.equal(typeof nodeListener, 'function');

await assert.rejects(connect({ users }, fromUrl('postgresql://me:secret@localhost/app')), {
  code: 'DRIVER_MISSING',
  hint: 'install one with `npm install pg`',
});

await using files = await sqliteFiles({ driver: 'node' });
await using scratch = await temporaryDatabase(files);
await using database = await connect({ users }, fromUrl(scratch.url));
await database.run({ sql: createUsers() }, []);

const inserted = await database.repository(users).insert({ email: 'ada@example.org' });
const email: string = inserted.email;
const nickname: string | null = inserted.nickname;
assert.equal(email, 'ada@example.org');
assert.equal(nickname, null);
// @ts-expect-error email is required
await assert.rejects(database.repository(users).insert({ nickname: 'ada' }), RowhouseError);

const api = createApi(database, [resource(users, { prefix: '/users', service: tableService(users) })]);
await using server = await serve(api, { port: 0 });
const response = await fetch(`${server.url}/users`);
assert.equal(response.status, 200);
const client = createClient<{ readonly users: typeof users }>({ url: server.url });
const [first] = (await client.users.page({ where: { email: { ilike: 'ADA*' } } })).items;
assert.equal(first?.email, 'ada@example.org');
console.log('the package works');

function createUsers(): string {
  return `create table app_user (id uuid_text primary key, email varchar(255) not null unique, nickname text,
    created_at timestamptz_text(3) not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    updated_at timestamptz_text(3) not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')))`;
}
