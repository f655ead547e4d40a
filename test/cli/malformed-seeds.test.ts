import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { contentsOf, makeShop, variablesFor } from './shop-project.ts';

/** File below `seeds/`, its text, where the mistake is, what is said of it. */
const mistakes: readonly (readonly [string, string, string, string])[] = [
  ['essential/zz.json', '{ "table": "product",\n  "rows": [{ "id": 2, }] }', '2:23', 'nothing follows the comma'],
  [
    'essential/zz.json',
    '{ "table": "product",\n  "rows": [{ "id": 2, "colour": 1 }] }',
    '2:23',
    'product has no column colour',
  ],
  ['essential/zz.json', '{ "table": "produkt", "rows": [] }', '1:12', 'the schema has no table produkt'],
  ['development/product.csv', 'id,name,stock\n2,milk,many\n', '2:8', 'product.stock: the value is not'],
  ['development/product.csv', 'id,name\n2,"milk\n', '2:3', 'this quoted cell does not end'],
  ['development/product.csv', 'id,name\n2,milk,3\n', '2:8', 'this line has 3 cells and the header has 2'],
];

describeEachServer('a malformed seed file', (server) => {
  test('is named with line and column, and not one row is written', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    const directory = makeShop();
    await runCli(directory, ['up'], variables);
    const before = await contentsOf(database.url);

    for (const [file, text, place, says] of mistakes) {
      const path = join(directory, 'seeds', file);
      writeSeed(path, text);
      const said = await refusal(directory, ['seed'], variables);
      rmSync(path);

      expect(said).toMatchObject({ exitCode: 4, code: 'SEED_INVALID' });
      expect(said.message).toContain(`${file}:${place}: ${says}`);
      expect(said.details).toMatchObject({ line: Number(place.split(':')[0]), column: Number(place.split(':')[1]) });
    }

    expect(await contentsOf(database.url)).toEqual(before);
    expect(await runCli(directory, ['seed'], variables)).toMatchObject({ exitCode: 0 });
    expect((await contentsOf(database.url)).counts).toMatchObject({ product: '1' });
  });
});

function writeSeed(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
