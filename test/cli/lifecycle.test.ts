import { expect, test } from 'vitest';
import { sql } from '../../src/index.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { makeShop, variablesFor } from './shop-project.ts';

const config = (lifecycle: string): string => `import { defineProject, erasure, retention, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({
  name: 'shop',
  services: { app: service({ schema, migrations: './migrations', ${lifecycle} }) },
});
`;

const lifecycle = `
  retention: [retention(schema.visits, { by: 'day', olderThan: '1 year' })],
  erasure: {
    customer: erasure((step) => [
      step.delete(schema.visits, (subject) => ({ customer: subject })),
      step.keep(schema.products, (subject) => ({ name: subject }), 'a product is nobody'),
    ]),
  },`;

const schema = `import { date, integer, table, text } from 'rowhouse';

export const products = table('product', {
  id: integer().primaryKey(),
  name: text({ max: 50 }).unique(),
  stock: integer().default(0),
});

export const visits = table('visit', { id: integer().primaryKey(), customer: text({ max: 40 }), day: date() });
`;

describeEachServer('what the project says of old rows and of whom to forget', (server) => {
  test('is done by command, and said first by a dry run', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    const directory = makeShop({ 'rowhouse.config.ts': config(lifecycle), 'schema.ts': schema });
    const run = async (...words: string[]): Promise<unknown> => {
      const { exitCode, stdout, stderr } = await runCli(directory, [...words, '--json'], variables);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      return (JSON.parse(stdout) as { services: { app: unknown } }).services.app;
    };
    await run('up');
    await run('revision', '--autogenerate', '-m', 'visits');
    await run('up');
    await using rows = await openUrl(database.url);
    await rows.execute(
      sql`insert into visit (id, customer, day) values (1, 'ada', '2001-01-01'), (2, 'ada', '2999-01-01'), (3, 'grace', '2999-01-01')`,
    );
    const left = async (): Promise<readonly unknown[]> =>
      (await rows.query<{ id: unknown }>(sql`select id from visit order by id`)).map(({ id }) => Number(id));

    const due = { table: 'visit', kind: 'delete', rows: 1 };
    expect(await run('retention', '--dry-run')).toMatchObject({ dryRun: true, policies: [due] });
    expect(await left()).toEqual([1, 2, 3]);
    expect(await run('retention')).toMatchObject({ dryRun: false, policies: [due] });
    expect(await left()).toEqual([2, 3]);

    const steps = [
      { table: 'visit', kind: 'delete', rows: 1 },
      { table: 'product', kind: 'keep', rows: 0, reason: 'a product is nobody' },
    ];
    expect(await run('erase', '--subject', 'ada', '--dry-run')).toMatchObject({
      plan: 'customer',
      dryRun: true,
      steps,
    });
    expect(await left()).toEqual([2, 3]);
    expect(await run('erase', '--subject', 'ada')).toMatchObject({ dryRun: false, steps });
    expect(await left()).toEqual([3]);
    const drift = await runCli(directory, ['drift', '--json'], variables);
    expect(drift.exitCode).toBe(0);
  });
});

test('a plan that is not there, or one of several that is not named, is refused', async () => {
  const variables = { DATABASE_URL: 'sqlite:///app.db' };
  const several = lifecycle.replace(
    'customer: erasure',
    'employee: erasure((step) => [step.delete(schema.visits, () => ({ id: 1 }))]), customer: erasure',
  );
  const directory = makeShop({ 'rowhouse.config.ts': config(several), 'schema.ts': schema });

  expect(await refusal(makeShop(), ['erase', '--subject', '1'], variables)).toMatchObject({
    code: 'USAGE',
    exitCode: 2,
  });
  expect(await refusal(directory, ['erase', '--subject', '1'], variables)).toMatchObject({
    code: 'USAGE',
    hint: 'name one with --plan: employee, customer',
  });
  expect(await refusal(directory, ['erase', '--subject', '1', '--plan', 'guest'], variables)).toMatchObject({
    code: 'USAGE',
    hint: 'there are employee, customer',
  });
});
