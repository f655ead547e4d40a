import { expect, test } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { runSeeds } from '../../../src/seed/run-seeds.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import * as schema from './library.ts';
import { seedDirectory } from './seed-directory.ts';

/** Each file with what is said of it. */
const malformed: readonly (readonly [string, string, string])[] = [
  ['role.json', '[{ "name": "a" },\n { "name": "b" ]', 'role.json:2:16: a comma or } belongs here'],
  ['role.json', '[{ "name": "a"', 'role.json:1:15: the file ends in the middle'],
  ['role.json', '[{ "name": "a }]\n', 'role.json:1:12: this text does not end, or holds what must be escaped'],
  ['role.json', '[{ "name": "a" },]', 'role.json:1:18: nothing follows the comma before this'],
  ['role.json', '[{ "name": 007 }]', 'role.json:1:12: this is not a JSON value'],
  ['role.json', '[]\n[]', 'role.json:2:1: the document ended before this'],
  ['role.json', '[{ "name": "a", "name": "b" }]', 'role.json:1:17: "name" is there twice'],
  ['role.json', '{ "rows": 1 }', 'role.json:1:11: "rows" is not a list of rows'],
  ['role.json', '{ "row": [] }', 'role.json:1:3: a seed is { "table": …, "key": […], "rows": […] } or a list of rows'],
  ['role.json', '{\n  "table": "rol", "rows": []\n}', 'role.json:2:12: the schema has no table rol'],
  ['role.json', '[\n  { "nam": "a" }\n]', 'role.json:2:5: role has no column nam'],
  ['role.json', '[\n  { "name": 5 }\n]', 'role.json:2:5: role.name: the value is not text'],
  ['role.json', '[{ "name": null }]', 'role.json:1:4: role.name cannot be null'],
  ['role.json', '[\n {}\n]', 'role.json:2:2: role.name is missing: it has no default'],
  [
    'role.json',
    '[{ "name": "a" },\n { "name": "a" }]',
    'role.json:2:2: the same key (name) as the row at essential/role.json:1:2',
  ],
  ['role.json', '{ "key": ["isSystemRole"], "rows": [] }', 'role.json: role has no unique key over isSystemRole'],
  [
    'thing.json',
    '[{ "code": "a", "big": 1.5 }]',
    'thing.json:1:17: thing.big: the value is not a whole number of 64 bits',
  ],
  [
    'thing.json',
    '[{ "code": "a", "seenAt": "2026-02-30T00:00:00Z" }]',
    'thing.json:1:17: thing.seenAt: the value is not a moment like 2026-11-21T13:45:00Z',
  ],
  ['thing.json', '[{ "code": "a", "photo": "€" }]', 'thing.json:1:17: thing.photo: the value is not bytes in base64'],
  ['account.json', '[{ "number": 1, "iban": "x" }]', 'account.json: account has several unique keys: (number), (iban)'],
  [
    'auth_user.json',
    '[{ "email": "a", "roleId": { "$ref": "role" } }]',
    'auth_user.json:1:18: the reference does not say which row of role',
  ],
  [
    'auth_user.json',
    '[{ "email": "a", "roleId": { "$ref": "role", "nam": "x" } }]',
    'auth_user.json:1:46: role has no column nam',
  ],
  ['thing.csv', 'code,count\na,1\nb,2,3\n', 'thing.csv:3:5: this line has 3 cells and the header has 2'],
  ['thing.csv', 'code,count\na\n', 'thing.csv:2:1: this line has 1 cells and the header has 2'],
  ['thing.csv', 'code,note\na,"open\nb,1\n', 'thing.csv:2:3: this quoted cell does not end'],
  ['thing.csv', 'code,note\na,"b"c\n', 'thing.csv:2:6: a comma or the end of the line belongs here'],
  [
    'thing.csv',
    'code,note\n"a\nb",b"c\n',
    'thing.csv:3:4: a cell with a quote in it belongs in quotes, with the quote doubled',
  ],
  ['thing.csv', 'code,count\na,many\n', 'thing.csv:2:3: thing.count: the value is not'],
  ['thing.csv', 'code,cuont\na,1\n', 'thing.csv:2:3: thing has no column cuont'],
  ['thing.csv', '', 'thing.csv: the file is empty'],
  ['thing.yaml', 'a: 1', 'thing.yaml: this is not a seed file'],
];

describeEachServer('a malformed seed', (server) => {
  test('is told with file, line and column, and nothing is written', async () => {
    await using shop = await schemaDatabase(server, schema);
    const good = { table: 'thing', rows: [{ code: 'good' }] };
    for (const [file, text, message] of malformed) {
      await using seeds = await seedDirectory({ 'essential/a.json': good, [`essential/${file}`]: text });

      const error: unknown = await runSeeds(shop.database, {
        schema,
        directory: seeds.path,
        environment: 'production',
      }).catch((reason: unknown) => reason);

      expect
        .soft(RowhouseError.has(error, 'SEED_INVALID') ? error.message : error, text)
        .toContain(`essential/${message}`);
    }
    expect(await createRepository(schema.things, shop.database).count()).toBe(0);
  });

  test('of a class that does not exist is told', async () => {
    await using shop = await schemaDatabase(server, schema);
    await using seeds = await seedDirectory({ 'prodution/role.json': [] });

    const run = runSeeds(shop.database, { schema, directory: seeds.path, environment: 'production' });

    await expect(run).rejects.toMatchObject({
      code: 'SEED_INVALID',
      message: 'prodution: seeds are in one folder for each class',
    });
  });
});
