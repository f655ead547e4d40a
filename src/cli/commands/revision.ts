import { resolve } from 'node:path';
import { noDecisions, type RenameDecisions } from '../../catalog/diff/rename.ts';
import { ExitCode } from '../../errors/codes.ts';
import {
  prepareRevision,
  type AskRename,
  type PreparedRevision,
  type RevisionRequest,
} from '../../migration/revision/prepare-revision.ts';
import { readRenameHints } from '../../migration/revision/rename-hints.ts';
import { writePrepared } from '../../migration/revision/write-prepared.ts';
import { preparedSql } from '../../migration/offline/prepared-sql.ts';
import { declaredRenames } from '../../schema/declared-renames.ts';
import { catalogOf } from '../../schema/schema.ts';
import { askRename } from '../ask-rename.ts';
import type { CommandContext } from '../command-context.ts';
import { command, projectOptions, type AnyCommand, type OptionValues } from '../command.ts';
import { forService, patience } from '../for-each-service.ts';
import { loadProject, type LoadedProject, type LoadedService } from '../load-project.ts';
import { openMigration } from '../open-migration.ts';
import { revisionSchema, revisionScope } from '../revision-scope.ts';

const options = {
  ...projectOptions,
  message: {
    kind: 'text',
    short: 'm',
    value: 'TEXT',
    required: true,
    summary: 'what the revision does, in a few words',
  },
  autogenerate: { kind: 'flag', summary: 'compare the schema with the revisions and write the difference' },
  hints: { kind: 'text', value: 'FILE', summary: 'what was renamed and what is to go, as JSON' },
  include: { kind: 'text', value: 'NAMES', summary: "compare only these, with commas and *: 'auth_*'" },
  exclude: { kind: 'text', value: 'NAMES', summary: 'leave these alone' },
  skipDrops: { kind: 'flag', summary: 'drop no table' },
  drop: {
    kind: 'flag',
    summary: 'drop what goes at once; otherwise it is parked, and a downgrade brings its rows back',
  },
  phased: { kind: 'flag', summary: 'make two: one before new code runs, one after old code has ended' },
  ensureHead: { kind: 'flag', summary: 'bring the database to the head first' },
  sql: { kind: 'flag', summary: "print the engine's SQL of it, and write nothing" },
  variant: { kind: 'text', value: 'NAME', summary: 'with --sql: the product, where several speak one protocol' },
} as const;

type Context = CommandContext<OptionValues<typeof options>>;

export const revision: AnyCommand = command({
  name: 'revision',
  summary: 'make a new revision file',
  details:
    'With --autogenerate the file holds the difference between the schema and what the revisions make; no database is asked, and no file is written when there is none. What could be a rename is asked for on a terminal, and refused elsewhere unless the schema or --hints says it. Without --autogenerate the file is empty, for changes written by hand.',
  options,
  examples: [
    "rowhouse revision --autogenerate -m 'add orders'",
    "rowhouse revision --autogenerate --sql -m 'what would it be'",
    "rowhouse revision -m 'fill in slugs' --service shop",
  ],
  async run(context) {
    const loaded = await loadProject(context.options, context.surroundings, 'migration');
    using questions = askRename(context, { drops: context.options.drop });
    const prepared: Made[] = [];
    for (const service of loaded.services) {
      const revision = await forService(service, async () => {
        const request = await requestFor(service, loaded, context);
        return await prepare(withAsk(request, questions.ask), service, loaded, context);
      });
      prepared.push({ service, revision });
    }
    const made: Record<string, unknown> = {};
    for (const { service, revision } of prepared) {
      const done = revision && (await forService(service, async () => await finish(service, revision, context)));
      made[service.name] = done ?? null;
      if (!context.options.json) context.output.data(line(service, done, context));
    }
    if (context.options.json) context.output.data(JSON.stringify({ ok: true, services: made }, undefined, 2));
    return ExitCode.ok;
  },
});

interface Made {
  readonly service: LoadedService;
  readonly revision: PreparedRevision | undefined;
}

function line({ name }: LoadedService, done: string | undefined, { options: { sql } }: Context): string {
  if (sql && done !== undefined) return `-- ${name}\n${done.trimEnd()}`;
  return `${sql ? '-- ' : ''}${name}: ${done ?? 'no difference, no revision'}`;
}

/** Works out every revision before the first is written, so that a question or an error leaves no half of them. */
async function prepare(
  request: RevisionRequest,
  service: LoadedService,
  loaded: LoadedProject,
  context: Context,
): Promise<PreparedRevision | undefined> {
  if (!context.options.ensureHead) return await prepareRevision(request);
  await using database = await service.open({ ...patience(service, context), missingFile: 'make' });
  return await prepareRevision({ ...request, ensureHead: await openMigration(loaded, service, database, context) });
}

function withAsk(request: RevisionRequest, ask: AskRename | undefined): RevisionRequest {
  const { autogenerate } = request;
  return autogenerate === undefined ? request : { ...request, autogenerate: { ...autogenerate, ask } };
}

async function requestFor(
  service: LoadedService,
  { project, directory }: LoadedProject,
  context: Context,
): Promise<RevisionRequest> {
  const { message, autogenerate } = context.options;
  const request = {
    message,
    migrations: service.migrationsDirectory,
    at: new Date(),
    template: project.revisions?.template,
  };
  if (!autogenerate) return request;
  const schema = await revisionSchema(service, directory);
  const catalog = catalogOf(schema);
  if (catalog.tables.length === 0) context.output.say(`${service.name}: the schema exports no table`);
  const said = await hints(context);
  return {
    ...request,
    phased: context.options.phased || project.revisions?.phased === true,
    autogenerate: {
      catalog,
      decisions: { renames: [...said.renames, ...declaredRenames(schema)], drops: said.drops },
      drop: context.options.drop,
      scope: revisionScope(context.options, service, project.revisions ?? {}),
    },
  };
}

async function hints({ options: { hints: file }, surroundings }: Context): Promise<RenameDecisions> {
  return file === undefined ? noDecisions : await readRenameHints(resolve(surroundings.directory, file));
}

/** Writes the file and gives its path; or, with `--sql`, gives the SQL of it. */
async function finish(
  service: LoadedService,
  revision: PreparedRevision,
  { options: { sql, variant } }: Context,
): Promise<string> {
  if (!sql) return (await writePrepared(revision)).map(({ file }) => file).join(', ');
  return preparedSql(revision, await service.settings().engine.offlineDialect(variant));
}
