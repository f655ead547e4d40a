import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { absorbDrift } from '../../ops/compare/absorb-drift.ts';
import { findDrift } from '../../ops/compare/find-drift.ts';
import type { Difference } from '../../ops/compare/structure-differences.ts';
import type { ServiceDatabase } from '../../connect/service-session.ts';
import { command, projectOptions, type AnyCommand, type OptionValues } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { forEachService, type ServiceOutcome } from '../for-each-service.ts';
import type { LoadedProject, LoadedService } from '../load-project.ts';
import { driftQuestion } from '../drift-question.ts';
import { inNamespace, openInNamespace } from '../namespace.ts';
import { openMigration } from '../open-migration.ts';
import { renderDifference } from '../render/difference.ts';

const options = {
  ...projectOptions,
  exitCode: { kind: 'flag', summary: 'exit 3 when there is drift' },
  absorb: { kind: 'flag', summary: 'write a revision of what was changed by hand, and record it as applied' },
  message: { kind: 'text', short: 'm', value: 'TEXT', summary: 'what the revision of --absorb is about' },
  namespace: {
    kind: 'text',
    value: 'NAME',
    summary: 'only this namespace, which has a ledger of its own: `rowhouse fleet` makes them',
  },
  scratch: { kind: 'text', value: 'URL', summary: 'server for the scratch database (default: the database’s own)' },
} as const;

type Context = CommandContext<OptionValues<typeof options>>;

export const drift: AnyCommand = command({
  name: 'drift',
  summary: 'show what was changed in the database beside its revisions',
  details:
    'Makes what the applied revisions make on a scratch database of the same server, dropped afterwards, and names every object and attribute in which the database differs. The database is only read; with --absorb its ledger is written too. Rowhouse’s own tables do not count.',
  options,
  examples: [
    'rowhouse drift --exit-code',
    "rowhouse drift --absorb -m 'index made during the outage'",
    'rowhouse drift --namespace tenant_7',
  ],
  async run(context) {
    const { absorb, message, namespace } = context.options;
    if (absorb !== (message !== undefined)) {
      throw new RowhouseError('USAGE', '--absorb and --message go together', {
        hint: "write `rowhouse drift --absorb -m 'what was changed'`",
      });
    }
    if (absorb && namespace !== undefined) {
      throw new RowhouseError('USAGE', '--absorb does not go with --namespace', {
        hint: 'a revision is for all namespaces: write it with `rowhouse revision`, or undo the change',
      });
    }
    return await forEachService(context, async (service, database, loaded) =>
      message === undefined
        ? await report(service, database, loaded, context)
        : await takeIn(service, database, loaded, context, message),
    );
  },
});

async function report(
  service: LoadedService,
  database: ServiceDatabase,
  loaded: LoadedProject,
  context: Context,
): Promise<ServiceOutcome> {
  const differences = await differencesOf(service, database, loaded, context);
  const exitCode = context.options.exitCode && differences.length > 0 ? ExitCode.difference : ExitCode.ok;
  return {
    json: { drift: differences },
    lines: differences.length === 0 ? ['no drift'] : differences.flatMap(renderDifference),
    exitCode,
  };
}

/** What differs in the database, or in the one namespace that is named. */
async function differencesOf(
  service: LoadedService,
  database: ServiceDatabase,
  loaded: LoadedProject,
  context: Context,
): Promise<readonly Difference[]> {
  const { namespace } = context.options;
  if (namespace === undefined)
    return (await findDrift(await driftQuestion(service, database, loaded, context))).differences;
  const settings = inNamespace(service.settings(), namespace, 'leave --namespace out');
  await using inside = await openInNamespace(settings, namespace, context.surroundings.signal);
  return (await findDrift(await driftQuestion(service, inside, loaded, context, namespace))).differences;
}

async function takeIn(
  service: LoadedService,
  database: ServiceDatabase,
  loaded: LoadedProject,
  context: Context,
  message: string,
): Promise<ServiceOutcome> {
  const question = await driftQuestion(service, database, loaded, context);
  const found = await findDrift(question);
  if (found.differences.length === 0) return { json: { drift: [], files: [] }, lines: ['no drift, no revision'] };
  const migration = await openMigration(loaded, service, database, context);
  const { files, ids } = await absorbDrift(found, question, migration, {
    message,
    directory: service.migrationsDirectory,
    at: new Date(),
    template: loaded.project.revisions?.template,
  });
  return {
    json: { drift: found.differences, files, stamped: ids },
    lines: [
      ...found.differences.flatMap(renderDifference),
      ...files.map((file) => `wrote ${file}`),
      `recorded ${ids.join(' and ')} as applied without running, as \`rowhouse stamp\` does`,
      'the schema file does not say this yet: write it there too',
    ],
  };
}
