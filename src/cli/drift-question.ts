import type { ServiceDatabase } from '../connect/service-session.ts';
import type { MigrationContext } from '../migration/run/migration-context.ts';
import type { DriftQuestion } from '../ops/compare/find-drift.ts';
import type { CommandContext } from './command-context.ts';
import { placeAt, settingsPlace } from './comparison-source.ts';
import { loadProject, type LoadedProject, type LoadedService, type ProjectOptions } from './load-project.ts';
import { openMigration } from './open-migration.ts';

type Context = CommandContext<ProjectOptions & { readonly scratch: string | undefined }>;

/** What a command asks when it compares a service's database with its revisions on a scratch database. */
export async function driftQuestion(
  service: LoadedService,
  database: ServiceDatabase,
  loaded: LoadedProject,
  context: Context,
): Promise<DriftQuestion> {
  const { options, surroundings } = context;
  const { signal } = surroundings;
  return {
    database,
    place:
      options.scratch === undefined
        ? settingsPlace(service.name, service.settings(), signal)
        : placeAt('--scratch', options.scratch, surroundings),
    histories: await histories(service, database, loaded, context),
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
