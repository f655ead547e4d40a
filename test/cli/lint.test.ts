import { describe, expect, test } from 'vitest';
import { makeProject, runCli } from './run-cli.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { makeShop, revisionFile, variablesFor } from './shop-project.ts';

const scripts = { 'next.sql': "-- next release\nalter table product drop column note;\nselect 'a:b,c%';\n" } as const;

const change = { kind: 'drop-column', table: { name: 'product' }, column: 'stock' };
const dropsStock = {
  'migrations/2026-01-02_second_bbbbbbbbbbbb.ts': revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'second', [change]),
} as const;
const database = { DATABASE_URL: 'sqlite:///app.db' } as const;

describe('lint', () => {
  test('judges a file without a project and exits 4 for an error', async () => {
    const { exitCode, stdout } = await runCli(makeProject(scripts), ['lint', 'next.sql', '--engine', 'mysql']);

    expect(exitCode).toBe(4);
    expect(stdout).toContain('next.sql:2:21  error  drop-column');
    expect(stdout).toContain('1 error');
  });

  test('says which engine it misses', async () => {
    const { exitCode, stderr } = await runCli(makeProject(scripts), ['lint', 'next.sql']);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('--engine postgresql');
  });

  test('prints stable JSON', async () => {
    const directory = makeProject(scripts);

    const { stdout } = await runCli(directory, [
      'lint',
      'next.sql',
      '--engine',
      'mysql',
      '--json',
      '--severity',
      'error',
    ]);

    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      findings: [
        {
          file: 'next.sql',
          line: 2,
          column: 21,
          code: 'drop-column',
          severity: 'error',
          message: 'column product.note is dropped with its values',
          hint: expect.any(String) as string,
          statement: 'alter table product drop column note',
        },
      ],
      counts: { error: 1, warning: 1, advice: 1 },
    });
  });

  test('prints SARIF whose results lead to their rules', async () => {
    const directory = makeProject(scripts);

    const { stdout } = await runCli(directory, ['lint', 'next.sql', '--engine', 'mysql', '--format', 'sarif']);

    const log = JSON.parse(stdout) as Sarif;
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(run?.tool.driver.name).toBe('rowhouse');
    expect(run?.results.length).toBeGreaterThan(0);
    for (const { ruleId, ruleIndex, level, message, locations } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toBe('');
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toBe('next.sql');
      expect(locations[0]?.physicalLocation.region.startLine).toBeGreaterThan(0);
    }
  });

  test('prints notes for a pull request', async () => {
    const directory = makeProject(scripts);

    const { stdout } = await runCli(directory, ['lint', 'next.sql', '--engine', 'mysql', '--format', 'github']);

    expect(stdout).toMatch(/^::error file=next\.sql,line=2,col=21,title=drop-column::column product\.note /m);
  });

  test('judges all revisions of a project, or those that are named', async () => {
    const directory = makeShop(dropsStock);

    const all = await runCli(directory, ['lint'], database);
    const first = await runCli(directory, ['lint', 'aaaa'], database);
    const range = await runCli(directory, ['lint', 'aaaa:head'], database);

    expect(all.stdout).toContain('drop-column');
    expect(all.exitCode).toBe(4);
    expect(first).toMatchObject({ exitCode: 0, stdout: '0 errors, 0 warnings, 0 advice\n' });
    expect(range.stdout).toBe(all.stdout);
  });

  test('plan asks the database what is pending', async () => {
    const directory = makeShop(dropsStock);
    await runCli(directory, ['up', 'aaaa'], database);

    const pending = await runCli(directory, ['lint', 'plan'], database);
    await runCli(directory, ['up'], database);
    const none = await runCli(directory, ['lint', 'plan'], database);

    expect(pending.stdout).toContain('_bbbbbbbbbbbb.ts');
    expect(none.exitCode).toBe(0);
  });

  test('refuses a setting for a rule that does not exist', async () => {
    const project = `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';
export default defineProject({ services: { app: service({ schema, migrations: './migrations' }) }, lint: { rules: { 'drop-colum': 'off' } } });
`;

    const { exitCode, stderr } = await runCli(makeShop({ 'rowhouse.config.ts': project }), ['lint'], database);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('drop-colum');
  });
});

describeServers(['postgresql-18'], 'lint --scratch', (server) => {
  test('tells what a statement locked and read', async () => {
    await using given = await server.database();
    const up = { any: 'alter table product add constraint stock_there check (stock >= 0)' };
    const directory = makeShop({
      'migrations/2026-01-02_second_bbbbbbbbbbbb.ts': revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'second', [
        { kind: 'raw-sql', up },
      ]),
    });

    const words = ['lint', 'bbbb', '--scratch', given.url, '--json'];
    const { exitCode, stdout } = await runCli(directory, words, variablesFor(given.url));

    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly code: string }[] };
    expect(exitCode).toBe(4);
    expect(findings.map(({ code }) => code)).toContain('blocks-writers-while-reading');
  });
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}
