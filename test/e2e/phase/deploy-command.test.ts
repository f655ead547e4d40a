import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import { fromUrl } from '../../../src/connect/from-environment.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { runCli, type CliResult } from '../../cli/run-cli.ts';
import { startCli } from '../../cli/start-cli.ts';
import { contentsOf, makeShop, revisionFile, variablesFor } from '../../cli/shop-project.ts';

const renamedSchema = `import { integer, table, text } from 'rowhouse';

export const products = table('product', {
  id: integer().primaryKey(),
  title: text({ max: 50 }).unique().renamedFrom('name'),
  stock: integer().default(0),
});
`;

/** The project file with a deploy of its own. */
function projectFile(backup: string): string {
  return `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({
  name: 'shop',
  services: { app: service({ schema, migrations: './migrations', seeds: './seeds' }) },
  revisions: { phased: true },
  deploy: { backup: ${backup} },
});
`;
}

interface Report {
  readonly ok: boolean;
  readonly steps: readonly { readonly step: string; readonly outcome: string }[];
}

const outcomesOf = ({ stdout }: CliResult): readonly string[] =>
  (JSON.parse(stdout) as Report).steps.map(({ step, outcome }) => `${step} ${outcome}`);

describeServers(['postgresql-16', 'mariadb', 'sqlite-node'], 'rowhouse deploy', (server) => {
  test('a renamed column goes out in two phases: deploy, new code, contract', async () => {
    await using place = await server.database({ checkLeaks: false });
    const environment = variablesFor(place.url);
    const directory = makeShop({ 'rowhouse.config.ts': projectFile(`['sh', '-c', 'echo $ROWHOUSE_SERVICE > saved']`) });
    expect(await runCli(directory, ['up'], environment)).toMatchObject({ exitCode: 0 });
    const next = makeShop({
      'rowhouse.config.ts': projectFile(`['sh', '-c', 'echo $ROWHOUSE_SERVICE > saved']`),
      'schema.ts': renamedSchema,
    });

    const made = await runCli(next, ['revision', '--autogenerate', '-m', 'titles'], environment);
    const deployed = await runCli(next, ['deploy', '--json'], environment);
    const current = await runCli(next, ['current', '--json'], environment);
    const contracted = await runCli(next, ['up', '--phase', 'contract'], environment);

    expect(made).toMatchObject({ exitCode: 0 });
    const phases = readdirSync(join(next, 'migrations')).flatMap(
      (file) => /phase: '(\w+)'/.exec(readFileSync(join(next, 'migrations', file), 'utf8'))?.[1] ?? [],
    );
    expect(phases.toSorted()).toEqual(['contract', 'expand']);
    expect(deployed.exitCode, deployed.stderr).toBe(0);
    expect(outcomesOf(deployed)).toEqual([
      'wait done',
      'backup done',
      'plan done',
      'space done',
      'lint done',
      'expand done',
      'verify done',
    ]);
    expect(readFileSync(join(next, 'saved'), 'utf8')).toBe('app\n');
    expect(JSON.parse(current.stdout)).toMatchObject({ services: { app: { phase: 'contract' } } });
    expect(contracted, contracted.stderr).toMatchObject({ exitCode: 0 });
  });

  test('a backup that fails stops everything, and nothing was changed', async () => {
    await using place = await server.database({ checkLeaks: false });
    const environment = variablesFor(place.url);
    const directory = makeShop({ 'rowhouse.config.ts': projectFile(`'exit 7'`) });

    const deployed = await runCli(directory, ['deploy', '--json'], environment);

    expect(deployed.exitCode).toBe(1);
    expect(outcomesOf(deployed)).toEqual(['wait done', 'backup failed']);
    expect(JSON.parse(deployed.stdout)).toMatchObject({ ok: false, error: { code: 'BACKUP_FAILED' } });
    const current = await runCli(directory, ['current'], environment);
    expect(current.stdout).toContain('at base');
  });

  test('a revision that breaks a rule stops it before anything runs, unless the revision says why it may', async () => {
    await using place = await server.database({ checkLeaks: false });
    const environment = variablesFor(place.url);
    const config = projectFile(`'true'`);
    const up = [{ kind: 'raw-sql', up: { any: 'drop table product' }, down: { any: 'select 1' } }];
    const file = 'migrations/2026-01-02_away_bbbbbbbbbbbb.ts';
    const broken = revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'away', up);
    const allowed = `// rowhouse: allow drop-table: it was never used\n${broken}`;

    const refused = await runCli(
      makeShop({ 'rowhouse.config.ts': config, [file]: broken }),
      ['deploy', '--json'],
      environment,
    );
    const before = await contentsOf(place.url);
    const forced = makeShop({ 'rowhouse.config.ts': config, [file]: allowed });
    const deployed = await runCli(forced, ['deploy', '--json'], environment);

    expect(refused.exitCode, refused.stderr).toBe(4);
    expect(outcomesOf(refused)).toEqual(['wait done', 'backup done', 'plan done', 'space done', 'lint failed']);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: { code: 'LINT_FAILED', details: { findings: [{ code: 'drop-table', file }] } },
    });
    expect(refused.stderr).toContain(`${file}:1:`);
    expect(before.tables).toEqual([]);
    expect(outcomesOf(deployed)).toContain('expand done');
  });

  test('a dry run prints the statements and changes nothing', async () => {
    await using place = await server.database({ checkLeaks: false });
    const environment = variablesFor(place.url);
    const directory = makeShop({ 'rowhouse.config.ts': projectFile(`'exit 7'`) });

    const deployed = await runCli(directory, ['deploy', '--dry-run'], environment);

    expect(deployed.exitCode, deployed.stderr).toBe(0);
    expect(deployed.stdout).toContain('create table');
    expect((await contentsOf(place.url)).tables).toEqual([]);
  });

  test('clients are listed', async () => {
    await using place = await server.database({ checkLeaks: false });
    const settings = fromUrl(place.url);
    const local = { ...settings, write: { ...settings.write, tls: { mode: 'disable' } as const } };
    const directory = makeShop();
    await runCli(directory, ['up'], variablesFor(place.url));
    await using _client = await connect({}, local, { report: { service: 'app', version: '3.1.4', revision: 'x' } });

    const listed = await runCli(directory, ['clients', '--json'], variablesFor(place.url));

    expect(JSON.parse(listed.stdout)).toMatchObject({
      services: { app: { clients: [{ version: '3.1.4', revision: 'x', isLive: true }] } },
    });
  });

  test('a served API reports its version and its newest revision, until it ends', async () => {
    await using place = await server.database({ checkLeaks: false });
    const environment = variablesFor(place.url);
    const directory = makeShop({ 'package.json': '{ "type": "module", "version": "2.5.0" }' });
    await runCli(directory, ['up'], environment);
    const served = startCli(directory, ['serve', '--port', '0'], environment);
    await served.says('serving app at');

    const during = await runCli(directory, ['clients', '--json'], environment);
    served.process.kill('SIGTERM');
    await served.ended();
    const after = await runCli(directory, ['clients', '--json'], environment);

    expect(JSON.parse(during.stdout)).toMatchObject({
      services: { app: { clients: [{ service: 'app', version: '2.5.0', revision: 'aaaaaaaaaaaa', isLive: true }] } },
    });
    expect(JSON.parse(after.stdout)).toMatchObject({ services: { app: { clients: [] } } });
  });
});
