import { resolve } from 'node:path';
import type { Scope } from '../catalog/diff/scope.ts';
import { readSetting } from '../config/setting.ts';
import { projectSettings } from '../config/table/project-settings.ts';
import { list } from '../config/value-kind.ts';
import type { RevisionsDefinition } from '../project/project.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { discoverSchema } from '../schema/discover-schema.ts';
import type { SchemaModule } from '../schema/schema.ts';
import type { LoadedService } from './load-project.ts';

/** The words of a command that say what a comparison looks at. */
export interface ScopeOptions {
  readonly include?: string | undefined;
  readonly exclude?: string | undefined;
  readonly skipDrops: boolean;
}

/** What a comparison looks at: options go before variables, and those before the project file. */
export function revisionScope(options: ScopeOptions, service: LoadedService, project: RevisionsDefinition): Scope {
  const inputs = service.inputs();
  return {
    include: names('--include', options.include) ?? project.include,
    exclude: names('--exclude', options.exclude) ?? project.exclude,
    namespaces: readSetting(inputs, projectSettings.includeNamespaces)?.value,
    skipDrops:
      options.skipDrops || (readSetting(inputs, projectSettings.skipDrops)?.value ?? project.skipDrops ?? false),
  };
}

function names(option: string, said: string | undefined): readonly string[] | undefined {
  if (said === undefined) return undefined;
  const parsed = list.parse(said);
  if (parsed !== undefined) return parsed;
  throw new RowhouseError('USAGE', `${option} is not ${list.words}`, { hint: `write ${option} 'auth_*,session'` });
}

/** What the schema file exports, and what the modules of the folders do that a variable names. */
export async function revisionSchema(loaded: LoadedService, directory: string): Promise<SchemaModule> {
  const { service } = loaded;
  const folders = readSetting(loaded.inputs(), projectSettings.discoverFolders)?.value ?? [];
  const found = await discoverSchema(...folders.map((folder) => resolve(directory, folder)));
  const own = new Set(Object.values(service.schema));
  const more = Object.entries(found).filter(([, exported]) => !own.has(exported));
  return { ...service.schema, ...Object.fromEntries(more.map(([name, exported]) => [`${name} (found)`, exported])) };
}
