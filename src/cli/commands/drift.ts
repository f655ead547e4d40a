import { resolve } from 'node:path';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { absorbDrift } from '../../ops/compare/absorb-drift.ts';
import { findDrift } from '../../ops/compare/find-drift.ts';
import type { ServiceDatabase } from '../../connect/service-session.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { forEachService, type ServiceOutcome } from '../for-each-service.ts';
import type { LoadedProject, LoadedService } from '../load-project.ts';
import { driftQuestion } from '../drift-question.ts';
import { openMigration } from '../open-migration.ts';
import { renderDifference } from '../render/difference.ts';

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
  const { differences } = await findDrift(await driftQuestion(service, database, loaded, context));
  const exitCode = context.options.exitCode && differences.length > 0 ? ExitCode.difference : ExitCode.ok;
  return {
    json: { drift: differences },
    lines: differences.length === 0 ? ['no drift'] : differences.flatMap(renderDifference),
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
  const question = await driftQuestion(service, database, loaded, context);
  const found = await findDrift(question);
  if (found.differences.length === 0) return { json: { drift: [], files: [] }, lines: ['no drift, no revision'] };
  const migration = await openMigration(loaded, service, database, context);
  const { path } = service.settings().migration;
  const { files, ids } = await absorbDrift(found, question, migration, {
    message,
    directory: path === undefined ? service.migrationsDirectory : resolve(loaded.directory, path),
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
