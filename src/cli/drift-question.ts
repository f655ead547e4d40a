import type { ServiceDatabase } from '../connect/service-session.ts';
import type { MigrationContext } from '../migration/run/migration-context.ts';
import type { DriftQuestion } from '../ops/compare/find-drift.ts';
import type { CommandContext } from './command-context.ts';
import { settingsAt, settingsPlace } from './comparison-source.ts';
import { loadProject, type LoadedProject, type LoadedService, type ProjectOptions } from './load-project.ts';
import { namespacePlace } from './namespace.ts';
import { openMigration } from './open-migration.ts';

type Context = CommandContext<ProjectOptions & { readonly scratch: string | undefined }>;

const scratchOption = '--scratch';

/**
 * What a command asks when it compares a service's database, or the one namespace of it that `database` is open in, with
 * its revisions on a scratch database.
 */
export async function driftQuestion(
  service: LoadedService,
  database: ServiceDatabase,
  loaded: LoadedProject,
  context: Context,
  namespace?: string,
): Promise<DriftQuestion> {
  const { options, surroundings } = context;
  const { signal } = surroundings;
  const [label, settings] =
    options.scratch === undefined
      ? [service.name, service.settings()]
      : [scratchOption, settingsAt(scratchOption, options.scratch, surroundings)];
  return {
    database,
    place:
      namespace === undefined
        ? settingsPlace(label, settings, signal)
        : namespacePlace(label, settings, namespace, signal),
    histories: await histories(service, database, loaded, context),
    namespace,
    signal,
  };
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
