import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { refuseConflicts } from '../../migration/merge/merge-branches.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import type { RevisionGraph } from '../../migration/revision/revision-graph.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import { writeRevision } from '../../migration/revision/write-revision.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forService } from '../for-each-service.ts';
import { loadProject } from '../load-project.ts';

export const merge: AnyCommand = command({
  name: 'merge',
  summary: 'join branches of the history with a revision',
  details:
    'Branches whose changes give the same tables in either order are joined by an empty revision that comes after both. Where two changes conflict, both are named and nothing is written. No database is asked.',
  arguments: [
    { name: 'REVISIONS', summary: 'the heads to join, with commas: 1a2b,3c4d (default: heads, all of them)' },
  ],
  options: {
    ...projectOptions,
    message: { kind: 'text', short: 'm', value: 'TEXT', summary: 'what is joined (default: merge of the heads)' },
  },
  examples: ['rowhouse merge', "rowhouse merge 1a2b,3c4d -m 'orders and stock'"],
  async run({ options, arguments: [wanted = 'heads'], output, surroundings }) {
    const { project, services } = await loadProject(options, surroundings);
    const made: Record<string, string | null> = {};
    for (const service of services) {
      const file = await forService(service, async () => {
        const graph = await loadRevisions(service.migrationsDirectory);
        const heads = headsOf(graph, wanted);
        if (heads.length < 2) return undefined;
        refuseConflicts(graph, heads);
        const written = await writeRevision(service.migrationsDirectory, {
          message: options.message ?? `merge of ${heads.map(({ id }) => id).join(' and ')}`,
          parents: heads.map(({ id }) => id),
          up: [],
          at: new Date(),
          count: graph.ordered.length,
          template: project.revisions?.template,
        });
        return written.file;
      });
      made[service.name] = file ?? null;
      if (!options.json) output.data(`${service.name}: ${file ?? 'one head, nothing to join'}`);
    }
    if (options.json) output.data(JSON.stringify({ ok: true, services: made }, undefined, 2));
    return ExitCode.ok;
  },
});

function headsOf(graph: RevisionGraph, wanted: string): readonly LoadedRevision[] {
  const heads = graph.heads();
  if (wanted === 'heads') return heads;
  return wanted.split(',').map((text) => {
    const revision = graph.find(text.trim());
    if (heads.includes(revision)) return revision;
    throw new RowhouseError('USAGE', `revision ${revision.id} is not a head: others come after it`, {
      hint: `the heads are ${heads.map(({ id }) => id).join(', ')}`,
    });
  });
}
