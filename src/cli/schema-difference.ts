import { describeChange } from '../catalog/change/describe-change.ts';
import { diffCatalogs } from '../catalog/diff/diff-catalogs.ts';
import { withinScope } from '../catalog/diff/scope.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { foldRevisions } from '../migration/plan/revision-plan.ts';
import { loadRevisions } from '../migration/revision/load-revisions.ts';
import { declaredRenames } from '../schema/declared-renames.ts';
import { catalogOf } from '../schema/schema.ts';
import type { LoadedProject, LoadedService } from './load-project.ts';
import { revisionSchema, revisionScope } from './revision-scope.ts';

/** What a service's schema says and its revisions do not make yet, as sentences; none where they agree. */
export async function schemaDifference(
  service: LoadedService,
  { project, directory }: LoadedProject,
): Promise<readonly string[]> {
  const graph = await loadRevisions(service.migrationsDirectory);
  const schema = await revisionSchema(service, directory);
  const renames = declaredRenames(schema);
  const before = foldRevisions(graph.ordered);
  const nothing = { include: undefined, exclude: undefined, skipDrops: false };
  const wanted = withinScope(
    before,
    catalogOf(schema),
    revisionScope(nothing, service, project.revisions ?? {}),
    renames,
  );
  try {
    return diffCatalogs(before, wanted, { renames, drops: [] }).map(describeChange);
  } catch (error) {
    if (RowhouseError.has(error, 'RENAME_UNCLEAR')) return [error.message];
    throw error;
  }
}
