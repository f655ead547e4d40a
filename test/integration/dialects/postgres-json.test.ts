import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import { integer, json, table } from '../../../src/index.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { describeServers } from '../../servers/describe-each-server.ts';

const documents = table('document', { id: integer().primaryKey(), plain: json(), packed: json().null() });

describeServers(['postgresql'], 'documents of PostgreSQL', (server) => {
  test('are values on both sides, in columns of json and of jsonb', async () => {
    await using temporary = await server.database();
    await using database = await connect({ documents }, localSettings(temporary.url));
    await database.run(
      { sql: 'create table document (id integer primary key, plain json not null, packed jsonb)' },
      [],
    );
    const rows = database.repository(documents);
    const value = { title: "it's", tags: ['a', null, 1.5], deep: { é: true } };

    await rows.insert({ id: 1, plain: value, packed: value });
    await rows.insertMany([
      { id: 2, plain: [1], packed: null },
      { id: 3, plain: 'text', packed: 7 },
    ]);
    await rows.update(1, { plain: { ...value, title: 'new' } });

    expect(await rows.list({ order: ['id'] })).toEqual([
      { id: 1, plain: { ...value, title: 'new' }, packed: value },
      { id: 2, plain: [1], packed: null },
      { id: 3, plain: 'text', packed: 7 },
    ]);
  });
});
