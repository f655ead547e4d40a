import { join, resolve } from 'node:path';
import { readFile } from '../connect/from-environment.ts';
import { readSetting } from '../config/setting.ts';
import { projectSettings } from '../config/table/project-settings.ts';
import type { ClientReport } from '../migration/client/report-client.ts';
import { loadRevisions } from '../migration/revision/load-revisions.ts';
import type { LoadedProject, LoadedService } from './load-project.ts';

/** What a process that runs this project says of itself; undefined where there is no one newest revision to name. */
export async function clientReport(
  service: LoadedService,
  { directory }: Pick<LoadedProject, 'directory'>,
): Promise<ClientReport | undefined> {
  const path = readSetting(service.inputs(), projectSettings.migrationPath)?.value;
  const graph = await loadRevisions(path === undefined ? service.migrationsDirectory : resolve(directory, path));
  const [head, ...others] = graph.heads();
  if (head === undefined || others.length > 0) return undefined;
  return { service: service.name, version: versionIn(directory), revision: head.id };
}

/** The version of the package that the project file is in. */
function versionIn(directory: string): string {
  const text = readFile(join(directory, 'package.json'));
  const found: unknown = text === undefined ? undefined : JSON.parse(text);
  const isNamed = typeof found === 'object' && found !== null && 'version' in found;
  return isNamed && typeof found.version === 'string' ? found.version : 'unknown';
}
