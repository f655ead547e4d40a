import type { Dialect } from '../../dialect/dialect.ts';
import type { Severity } from '../../dialect/lint/rule.ts';
import { ExitCode, exitCodeOf } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { severities, type Finding } from '../../migration/lint/finding.ts';
import { lintReport, type LintReport } from '../../migration/lint/lint-report.ts';
import { refuseUnknownCodes } from '../../migration/lint/lint-settings.ts';
import { measuredRules, rulesFor } from '../../migration/lint/rules.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import type { RevisionGraph } from '../../migration/revision/revision-graph.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import { migrationStatus } from '../../migration/run/status.ts';
import type { CommandContext } from '../command-context.ts';
import { command, projectOptions, type AnyCommand, type OptionValues } from '../command.ts';
import { placeAt } from '../comparison-source.ts';
import { forService, patience } from '../for-each-service.ts';
import { dialectNamed, knownCodes, lintFile, lintRevisions, namedRevisions, type LintRun } from '../lint-targets.ts';
import { findProjectFile, loadProject, type LoadedProject, type LoadedService } from '../load-project.ts';
import { openMigration } from '../open-migration.ts';
import { lintGithub } from '../render/lint/github.ts';
import { lintSarif } from '../render/lint/sarif.ts';
import { lintText } from '../render/lint/text.ts';
import { version } from '../version.ts';

const options = {
  ...projectOptions,
  format: { kind: 'text', value: 'text|json|sarif|github', summary: 'how findings are printed (default: text)' },
  severity: { kind: 'text', value: 'error|warning|advice', summary: 'the least that is printed (default: warning)' },
  engine: { kind: 'text', value: 'NAME', summary: 'engine of .sql files; default: that of the service' },
  variant: { kind: 'text', value: 'NAME', summary: 'the product, where several speak one protocol, e.g. mariadb' },
  serverVersion: { kind: 'text', value: 'MAJOR', summary: 'major version of the server (default: the newest)' },
  managed: { kind: 'flag', summary: 'the tool that runs the .sql files opens the transaction around each' },
  scratch: { kind: 'text', value: 'URL', summary: 'server on which the effect of revisions is measured' },
  verbose: { kind: 'flag', summary: 'tell of statements that are not understood too' },
} as const;

type Context = CommandContext<OptionValues<typeof options>>;

export const lint: AnyCommand = command({
  name: 'lint',
  summary: 'find statements that lock, rewrite or lose more than they should',
  details:
    'Judges revisions and .sql files without a database; `plan` asks the database which revisions are pending, and --scratch measures what statements do on a scratch copy. A comment `-- rowhouse: allow CODE: reason` above a statement, or `allow` in a revision, makes an exception. Exit code 4 when an error stands. Every rule has a page in docs/reference/lint.',
  arguments: [
    {
      name: 'WHAT',
      many: true,
      summary: '.sql or revision files, revisions, FROM:TO, or plan (default: all revisions)',
    },
  ],
  options,
  examples: [
    'rowhouse lint',
    'rowhouse lint plan --severity advice',
    'rowhouse lint migrations.sql --engine postgresql --format sarif > lint.sarif',
  ],
  async run(context) {
    const [format, least] = [formatOf(context.options), severityOf(context.options.severity)];
    const dialects = new Map<string, Dialect>();
    const findings = await findingsFor(context, (dialect) => dialects.set(dialect.name, dialect));
    const report = lintReport(findings, least);
    context.output[format === 'text' ? 'tell' : 'data'](render(report, format, [...dialects.values()]));
    return report.ok ? ExitCode.ok : exitCodeOf('LINT_FAILED');
  },
});

/** Without a project there are only files, of the engine that is named. */
async function findingsFor(context: Context, speaks: (dialect: Dialect) => unknown): Promise<readonly Finding[]> {
  const { options: chosen, surroundings, arguments: words } = context;
  const isScripts = words.length > 0 && words.every((word) => word.endsWith('.sql'));
  if (isScripts && findProjectFile(chosen, surroundings) === undefined) {
    if (chosen.engine === undefined) throw engineMissing();
    const dialect = await dialectNamed(chosen.engine, chosen.variant);
    speaks(dialect);
    return await lintFiles(words, dialect, runOf(context));
  }
  const loaded = await loadProject(chosen, surroundings, 'migration');
  refuseUnknownCodes(loaded.project.lint ?? {}, await knownCodes());
  const findings: Finding[] = [];
  const services = isScripts ? loaded.services.slice(0, 1) : loaded.services;
  for (const service of services) {
    findings.push(...(await forService(service, async () => await findingsOf(service, loaded, context, speaks))));
  }
  return findings;
}

function engineMissing(): RowhouseError {
  return new RowhouseError('USAGE', 'nothing says which engine the files are for', {
    hint: 'name it, e.g. --engine postgresql, or work in the directory of a project',
  });
}

async function findingsOf(
  service: LoadedService,
  loaded: LoadedProject,
  context: Context,
  speaks: (dialect: Dialect) => unknown,
): Promise<readonly Finding[]> {
  const { options: chosen, arguments: words, surroundings } = context;
  const dialect =
    chosen.engine === undefined
      ? await service.settings().engine.offlineDialect(chosen.variant)
      : await dialectNamed(chosen.engine, chosen.variant);
  speaks(dialect);
  const run = { ...runOf(context), settings: loaded.project.lint };
  const scripts = words.filter((word) => word.endsWith('.sql'));
  const found = await lintFiles(scripts, dialect, run);
  if (words.length > 0 && scripts.length === words.length) return found;
  const graph = await loadRevisions(service.migrationsDirectory);
  const revisions = await chosenRevisions(graph, dialect, service, loaded, context);
  const scratch = chosen.scratch === undefined ? undefined : placeAt('--scratch', chosen.scratch, surroundings);
  return [...found, ...(await lintRevisions(revisions, graph, dialect, { ...run, scratch }))];
}

async function chosenRevisions(
  graph: RevisionGraph,
  dialect: Dialect,
  service: LoadedService,
  loaded: LoadedProject,
  context: Context,
): Promise<readonly LoadedRevision[]> {
  const words = context.arguments.filter((word) => !word.endsWith('.sql'));
  if (words.length === 0) return graph.ordered;
  const { directory } = context.surroundings;
  const named = words
    .filter((word) => word !== 'plan')
    .flatMap((word) => namedRevisions(word, graph, dialect, directory));
  if (!words.includes('plan')) return named;
  await using database = await service.open(patience(service, context));
  const { pending } = await migrationStatus(await openMigration(loaded, service, database, context));
  const ids = new Set([...named, ...pending].map(({ id }) => id));
  return graph.ordered.filter(({ id }) => ids.has(id));
}

async function lintFiles(words: readonly string[], dialect: Dialect, run: LintRun): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const word of words) findings.push(...(await lintFile(word, dialect, run)));
  return findings;
}

function runOf({ options: { serverVersion, managed, verbose }, surroundings: { directory } }: Context): LintRun {
  const majorVersion = serverVersion === undefined ? undefined : Number.parseInt(serverVersion, 10);
  if (Number.isNaN(majorVersion)) {
    throw new RowhouseError('USAGE', `--server-version is a number, not ${serverVersion}`);
  }
  return { directory, managed, verbose, majorVersion };
}

type Format = 'text' | 'json' | 'sarif' | 'github';

function formatOf({ json, format }: Context['options']): Format {
  if (format === undefined) return json ? 'json' : 'text';
  if (format === 'text' || format === 'json' || format === 'sarif' || format === 'github') return format;
  throw new RowhouseError('USAGE', `--format is text, json, sarif or github, not ${format}`);
}

function severityOf(text = 'warning'): Severity {
  const found = severities.find((severity) => severity === text);
  if (found === undefined) throw new RowhouseError('USAGE', `--severity is error, warning or advice, not ${text}`);
  return found;
}

function render(report: LintReport, format: Format, dialects: readonly Dialect[]): string {
  switch (format) {
    case 'text':
      return lintText(report);
    case 'json':
      return JSON.stringify(report, undefined, 2);
    case 'sarif':
      return lintSarif(report, [...measuredRules, ...dialects.flatMap(rulesFor)], version);
    case 'github':
      return lintGithub(report);
  }
}
