import { diffCatalogs } from '../../catalog/diff/diff-catalogs.ts';
import { ExitCode } from '../../errors/codes.ts';
import { foldRevisions } from '../../migration/plan/revision-plan.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { writeRevision } from '../../migration/revision/write-revision.ts';
import type { CommandContext } from '../command-context.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forService } from '../for-each-service.ts';
import { loadProject, type LoadedProject, type LoadedService } from '../load-project.ts';

const options = {
  ...projectOptions,
  message: {
    kind: 'text',
    short: 'm',
    value: 'TEXT',
    required: true,
    summary: 'what the revision does, in a few words',
  },
  autogenerate: { kind: 'flag', summary: 'compare the schema with the revisions and write the difference' },
} as const;

export const revision: AnyCommand = command({
  name: 'revision',
  summary: 'make a new revision file',
  details:
    'With --autogenerate the file holds the difference between the schema and what the revisions make; no database is asked, and no file is written when there is none. Without it the file is empty, for changes written by hand.',
  options,
  examples: ["rowhouse revision --autogenerate -m 'add orders'", "rowhouse revision -m 'fill in slugs' --service shop"],
  async run(context) {
    const loaded = await loadProject(context.options, context.surroundings);
    const made: Record<string, unknown> = {};
    for (const service of loaded.services) {
      const file = await forService(service, async () => await makeRevision(service, loaded, context));
      made[service.name] = file ?? null;
      if (!context.options.json) context.output.data(`${service.name}: ${file ?? 'no difference, no revision'}`);
    }
    if (context.options.json) context.output.data(JSON.stringify({ ok: true, services: made }, undefined, 2));
    return ExitCode.ok;
  },
});

async function makeRevision(
  { service, migrationsDirectory }: LoadedService,
  { project }: LoadedProject,
  { options: { message, autogenerate } }: CommandContext<{ readonly message: string; readonly autogenerate: boolean }>,
): Promise<string | undefined> {
  const graph = await loadRevisions(migrationsDirectory);
  const head = graph.head();
  const up = autogenerate ? diffCatalogs(foldRevisions(graph.ordered), service.catalog) : [];
  if (autogenerate && up.length === 0) return undefined;
  const { file } = await writeRevision(migrationsDirectory, {
    message,
    parents: head === undefined ? [] : [head.id],
    up,
    at: new Date(),
    count: graph.ordered.length,
    template: project.revisions?.template,
  });
  return file;
}
