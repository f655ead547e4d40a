import { expect, test } from 'vitest';
import { describeServers } from '../servers/describe-each-server.ts';
import { makeShop, variablesFor } from './shop-project.ts';
import { runCli } from './run-cli.ts';

const schema = `import { integer, table, text } from 'rowhouse';

export const products = table('product', {
  id: integer().primaryKey(),
  name: text({ max: 50 }).unique(),
  stock: integer().default(0),
  note: text({ max: 20 }).null(),
});
`;

describeServers(['postgresql-16', 'mariadb', 'sqlite-node'], 'the command line of an application', (server) => {
  test('makes, applies, takes back, shows and records migrations by the names of other tools', async () => {
    await using temporary = await server.database();
    const directory = makeShop({ 'schema.ts': schema });
    const run = async (...words: readonly string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await runCli(directory, ['database', ...words], variablesFor(temporary.url));
      expect(exitCode, stderr).toBe(0);
      return stdout;
    };

    const made = await run('make-migrations', '-m', 'notes');
    const [, id = ''] = /_notes_(\w{12})\.ts/.exec(made) ?? [];
    const said = [
      await run('upgrade'),
      await run('current'),
      await run('downgrade'),
      await run('current'),
      await run('stamp', 'head'),
      await run('current'),
    ];

    expect(said).toEqual([
      `applied aaaaaaaaaaaa  first\napplied ${id}  notes\n`,
      `at ${id}, nothing pending\n`,
      `taken back ${id}  notes\n`,
      'at aaaaaaaaaaaa, 1 pending\n',
      expect.stringContaining(id),
      `at ${id}, nothing pending\n`,
    ]);
    expect(await run('history')).toMatch(new RegExp(`${id}.*notes[^]*aaaaaaaaaaaa.*first|first[^]*${id}.*notes`));
  });

  test('leaves words alone that no other tool has', async () => {
    const { exitCode, stderr } = await runCli(makeShop(), ['database', 'vacuum']);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('there is no command database');
  });
});
