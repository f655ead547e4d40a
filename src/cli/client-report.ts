import { join } from 'node:path';
import { readFile } from '../connect/from-environment.ts';
import type { ClientReport } from '../migration/client/report-client.ts';
import { loadRevisions } from '../migration/revision/load-revisions.ts';
import type { LoadedProject, LoadedService } from './load-project.ts';

/** What a process that runs this project says of itself; undefined where there is no one newest revision to name. */
export async function clientReport(
  service: LoadedService,
  { directory }: Pick<LoadedProject, 'directory'>,
): Promise<ClientReport | undefined> {
  const graph = await loadRevisions(service.migrationsDirectory);
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
