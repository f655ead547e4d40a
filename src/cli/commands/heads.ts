import { ExitCode } from '../../errors/codes.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { loadProject } from '../load-project.ts';

export const heads: AnyCommand = command({
  name: 'heads',
  summary: 'list the revisions that nothing comes after',
  details: 'Reads the revision files only. More than one head means that two branches of work must be joined.',
  options: projectOptions,
  examples: ['rowhouse heads', 'rowhouse heads --service auth'],
  async run({ options, output, surroundings }) {
    const { services } = await loadProject(options, surroundings);
    const found: Record<string, readonly string[]> = {};
    for (const { name, migrationsDirectory } of services) {
      const graph = await loadRevisions(migrationsDirectory);
      found[name] = graph.heads().map(({ id }) => id);
      if (!options.json)
        for (const { id, message } of graph.heads())
          output.data(services.length > 1 ? `${name}: ${id}  ${message}` : `${id}  ${message}`);
    }
    if (options.json) output.data(JSON.stringify({ ok: true, services: found }, undefined, 2));
    return ExitCode.ok;
  },
});
