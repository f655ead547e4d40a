import { resolve } from 'node:path';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { AppliedSeed } from '../../seed/apply/apply-seed.ts';
import { loadFixtures } from '../../seed/load-fixtures.ts';
import { runSeedModule } from '../../seed/run-seed-module.ts';
import { runSeeds, type SeedReport } from '../../seed/run-seeds.ts';
import { isSeedClass, seedClasses, type SeedClass } from '../../seed/source/seed-class.ts';
import type { ServiceDatabase } from '../../connect/service-session.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService, type ServiceOutcome } from '../for-each-service.ts';
import type { LoadedProject, LoadedService } from '../load-project.ts';
import { counted } from '../render/counted.ts';

const options = {
  ...projectOptions,
  class: { kind: 'text', value: 'CLASS', summary: `only this class: ${seedClasses.join(', ')}` },
  force: { kind: 'flag', summary: 'apply files that have not changed, too' },
  fixtures: {
    kind: 'flag',
    summary: 'load the fixtures of DATABASE_FIXTURE_PATH (default: src/app/db/fixtures) instead',
  },
} as const;

const defaultFixturePath = 'src/app/db/fixtures';

export const seed: AnyCommand = command({
  name: 'seed',
  summary: 'write the rows that every database, or this environment, starts with',
  details:
    'Applies the essential seeds and those of the environment: all or nothing, each row by its natural key. Files that have not changed since they were applied are left out. With MODULE:EXPORT only that function runs.',
  arguments: [{ name: 'MODULE:EXPORT', summary: 'a file and what it exports, e.g. ./scripts/users.ts:addTestUsers' }],
  options,
  examples: ['rowhouse seed', 'rowhouse seed --env staging', 'rowhouse seed --class essential --force'],
  async run(context) {
    const { options: chosen, arguments: words } = context;
    const only = classOf(chosen.class);
    return await forEachService(
      context,
      async (service, database, loaded) => {
        const [target] = words;
        if (target !== undefined)
          return listed([await runTarget(target, service, database, context.surroundings.directory)]);
        if (chosen.fixtures) return listed(await fixtures(service, database, loaded));
        return await seeds(service, database, { only, force: chosen.force });
      },
      { missingFile: 'make' },
    );
  },
});

async function seeds(
  service: LoadedService,
  database: ServiceDatabase,
  { only, force }: { readonly only: SeedClass | undefined; readonly force: boolean },
): Promise<ServiceOutcome> {
  const directory = service.seedsDirectory;
  if (directory === undefined) return { json: { applied: [], unchanged: [] }, lines: ['no seeds'] };
  const report = await runSeeds(database, {
    schema: service.service.schema,
    directory,
    environment: service.settings().environment,
    classes: only === undefined ? undefined : [only],
    service: service.name,
    force,
  });
  return { json: report, lines: toLines(report) };
}

async function fixtures(
  service: LoadedService,
  database: ServiceDatabase,
  loaded: LoadedProject,
): Promise<readonly AppliedSeed[]> {
  const directory = resolve(loaded.directory, service.settings().fixturePath ?? defaultFixturePath);
  return await loadFixtures(database, directory, service.service.schema);
}

async function runTarget(
  target: string,
  service: LoadedService,
  database: ServiceDatabase,
  directory: string,
): Promise<AppliedSeed> {
  const [, file = target, exportName] = /^(.+):([\w$]+)$/.exec(target) ?? [];
  const { environment } = service.settings();
  const path = resolve(directory, file);
  return await runSeedModule(database, { schema: service.service.schema, environment, path, file, exportName });
}

function classOf(name: string | undefined): SeedClass | undefined {
  if (name === undefined || isSeedClass(name)) return name;
  throw new RowhouseError('USAGE', `there is no seed class ${name}`, {
    hint: `the classes are ${seedClasses.join(', ')}`,
  });
}

function listed(applied: readonly AppliedSeed[]): ServiceOutcome {
  return { json: { applied }, lines: toLines({ applied, unchanged: [] }) };
}

function toLines({ applied, unchanged }: SeedReport): readonly string[] {
  const lines = applied.map(
    ({ file, rows }) => `applied ${file}${rows === undefined ? '' : `  ${counted(rows, 'row')}`}`,
  );
  const rest = unchanged.length === 0 ? [] : [`${unchanged.length} unchanged`];
  return lines.length + rest.length === 0 ? ['no seeds'] : [...lines, ...rest];
}
