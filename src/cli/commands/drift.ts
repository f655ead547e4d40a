import { resolve } from 'node:path';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { absorbDrift } from '../../ops/compare/absorb-drift.ts';
import { findDrift, type Drift } from '../../ops/compare/find-drift.ts';
import type { Difference } from '../../ops/compare/structure-differences.ts';
import type { ServiceDatabase } from '../../connect/service-session.ts';
import type { MigrationContext } from '../../migration/run/migration-context.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { placeAt, settingsPlace } from '../comparison-source.ts';
import { forEachService, type ServiceOutcome } from '../for-each-service.ts';
import { loadProject, type LoadedProject, type LoadedService } from '../load-project.ts';
import { openMigration } from '../open-migration.ts';

const options = {
  ...projectOptions,
  exitCode: { kind: 'flag', summary: 'exit 3 when there is drift' },
  absorb: { kind: 'flag', summary: 'write a revision of what was changed by hand, and record it as applied' },
  message: { kind: 'text', short: 'm', value: 'TEXT', summary: 'what the revision of --absorb is about' },
  scratch: { kind: 'text', value: 'URL', summary: 'server for the scratch database (default: the database’s own)' },
} as const;

type Context = CommandContext<{
  readonly service: string | undefined;
  readonly env: string | undefined;
  readonly project: string | undefined;
  readonly json: boolean;
  readonly exitCode: boolean;
  readonly absorb: boolean;
  readonly message: string | undefined;
  readonly scratch: string | undefined;
}>;

export const drift: AnyCommand = command({
  name: 'drift',
  summary: 'show what was changed in the database beside its revisions',
  details:
    'Makes what the applied revisions make on a scratch database of the same server, dropped afterwards, and names every object and attribute in which the database differs. The database is only read; with --absorb its ledger is written too. Rowhouse’s own tables do not count.',
  options,
  examples: ['rowhouse drift --exit-code', "rowhouse drift --absorb -m 'index made during the outage'"],
  async run(context) {
    const { absorb, message } = context.options;
    if (absorb !== (message !== undefined)) {
      throw new RowhouseError('USAGE', '--absorb and --message go together', {
        hint: "write `rowhouse drift --absorb -m 'what was changed'`",
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
  const { differences } = await look(service, database, loaded, context);
  const exitCode = context.options.exitCode && differences.length > 0 ? ExitCode.difference : ExitCode.ok;
  return {
    json: { drift: differences },
    lines: differences.length === 0 ? ['no drift'] : differences.flatMap(describe),
    exitCode,
  };
}

async function takeIn(
  service: LoadedService,
  database: ServiceDatabase,
  loaded: LoadedProject,
  context: Context,
  message: string,
): Promise<ServiceOutcome> {
  const found = await look(service, database, loaded, context);
  if (found.differences.length === 0) return { json: { drift: [], file: null }, lines: ['no drift, no revision'] };
  const migration = await openMigration(loaded, service, database, context);
  const { path } = service.settings().migration;
  const { file, id } = await absorbDrift(found, migration, {
    message,
    directory: path === undefined ? service.migrationsDirectory : resolve(loaded.directory, path),
    at: new Date(),
    template: loaded.project.revisions?.template,
  });
  return {
    json: { drift: found.differences, file, stamped: id },
    lines: [
      ...found.differences.flatMap(describe),
      `wrote ${file}`,
      `recorded ${id} as applied without running it, as \`rowhouse stamp\` does`,
      'the schema file does not say this yet: write it there too',
    ],
  };
}

async function look(
  service: LoadedService,
  database: ServiceDatabase,
  loaded: LoadedProject,
  context: Context,
): Promise<Drift> {
  const { options: given, surroundings } = context;
  const { scratch } = given;
  const { signal } = surroundings;
  return await findDrift({
    database,
    place:
      scratch === undefined
        ? settingsPlace(service.name, service.settings(), signal)
        : placeAt('--scratch', scratch, surroundings),
    histories: await histories(service, database, loaded, context),
    signal,
  });
}

/** Where services share a database, what the others made in it is no drift. */
async function histories(
  service: LoadedService,
  database: ServiceDatabase,
  loaded: LoadedProject,
  context: Context,
): Promise<readonly MigrationContext[]> {
  const shared = loaded.project.topology === 'shared';
  const all = shared
    ? (await loadProject({ ...context.options, service: undefined }, context.surroundings)).services
    : [service];
  return await Promise.all(all.map(async (one) => await openMigration(loaded, one, database, context)));
}

const verbs = { added: 'has', missing: 'lacks', changed: 'differs in' } as const;

function describe({ change, object, attributes = [] }: Difference): readonly string[] {
  return [
    `${verbs[change]} ${object}`,
    ...attributes.flatMap(({ name, expected, found }) => [
      `  ${name}, expected: ${JSON.stringify(expected)}`,
      `  ${name}, found:    ${JSON.stringify(found)}`,
    ]),
  ];
}
