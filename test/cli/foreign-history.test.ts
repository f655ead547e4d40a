import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { contentsOf, makeShop, revisionFile, variablesFor } from './shop-project.ts';

const second = 'migrations/2026-01-02_second_bbbbbbbbbbbb.ts';

describeEachServer('a database newer than the code', (server) => {
  test('is told by up and down, which change nothing, and by current and history', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    const directory = makeShop({ [second]: revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'second', []) });
    expect(await runCli(directory, ['up'], variables)).toMatchObject({ exitCode: 0 });
    rmSync(join(directory, second));
    const before = await contentsOf(database.url);

    for (const command of ['up', 'down']) {
      expect(await refusal(directory, [command], variables)).toMatchObject({
        exitCode: 4,
        code: 'LEDGER_AHEAD',
        message: 'app: the database has revision bbbbbbbbbbbb, which this code does not',
        hint: 'deploy the code that the database was upgraded with; nothing was changed',
      });
    }

    expect(await runCli(directory, ['current'], variables)).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining('the database has bbbbbbbbbbbb, which this code does not') as string,
    });
    expect(await runCli(directory, ['history'], variables)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^bbbbbbbbbbbb {2}\? .*\(this code does not have it\)$/m) as string,
    });
    expect(await contentsOf(database.url)).toEqual(before);
  });
});

describeEachServer('a ledger of another project', (server) => {
  test('stops every command that would read or write it', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    await runCli(makeShop(), ['up'], variables);
    const directory = makeShop();
    const other = makeShop({
      'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({ name: 'library', services: { app: service({ schema, migrations: './migrations' }) } });
`,
    });
    const before = await contentsOf(database.url);

    for (const command of ['up', 'down', 'stamp', 'current', 'history']) {
      expect(await refusal(other, [command], variables)).toMatchObject({
        exitCode: 4,
        code: 'LEDGER_FOREIGN',
        message: 'app: this database belongs to project shop, not to library',
        hint: expect.stringContaining('check the database URL') as string,
      });
    }

    expect(await contentsOf(database.url)).toEqual(before);
    expect(await runCli(directory, ['current'], variables)).toMatchObject({
      exitCode: 0,
      stdout: 'at aaaaaaaaaaaa, nothing pending\n',
    });
  });
});

describeEachServer('an applied revision that was edited', (server) => {
  test('stops up and down and is told by current', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    await runCli(makeShop(), ['up'], variables);
    const first = 'migrations/2026-01-01_first_aaaaaaaaaaaa.ts';
    const edited = makeShop({ [first]: revisionFile('aaaaaaaaaaaa', [], 'first', []) });
    const before = await contentsOf(database.url);

    for (const command of ['up', 'down']) {
      expect(await refusal(edited, [command], variables)).toMatchObject({
        exitCode: 4,
        code: 'REVISION_CHECKSUM_MISMATCH',
        message: expect.stringContaining('aaaaaaaaaaaa') as string,
        hint: expect.any(String) as string,
      });
    }

    expect(await runCli(edited, ['current'], variables)).toMatchObject({ exitCode: 3 });
    expect(await contentsOf(database.url)).toEqual(before);
  });
});
