import { rm } from 'node:fs/promises';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { resolveRevision } from '../../migration/revision/target.ts';
import { writeRevision } from '../../migration/revision/write-revision.ts';
import { squashRevisions } from '../../migration/squash/squash-revisions.ts';
import { command, serviceOptions, type AnyCommand } from '../command.ts';
import { forService } from '../for-each-service.ts';
import { loadProject, onlyService } from '../load-project.ts';

export const squash: AnyCommand = command({
  name: 'squash',
  summary: 'replace several revisions by one',
  details:
    'Writes one revision that does what those of the range do, both ends included, and removes their files. A database that has them all counts as having the new one; one that has only some must be brought to the last of them first, with the code from before.',
  arguments: [{ name: 'RANGE', summary: 'FROM:TO, ids or the starts of ids; TO may be head', required: true }],
  options: {
    ...serviceOptions,
    message: { kind: 'text', short: 'm', value: 'TEXT', required: true, summary: 'what the new revision does' },
    keep: { kind: 'flag', summary: 'print what would be removed, and write nothing' },
  },
  examples: ["rowhouse squash 1a2b:9c3d -m 'the first year'", "rowhouse squash 1a2b:head -m 'all of it' --keep"],
  async run({ options, arguments: [range = ''], output, surroundings }) {
    const loaded = await loadProject(options, surroundings);
    const service = onlyService(loaded);
    return await forService(service, async () => {
      const graph = await loadRevisions(service.migrationsDirectory);
      const [from, to, ...rest] = range.split(':');
      const first = from === undefined || from === '' ? undefined : resolveRevision(from, graph);
      const last = to === 'head' ? graph.head() : to === undefined ? undefined : resolveRevision(to, graph);
      if (first === undefined || last === undefined || rest.length > 0) {
        throw new RowhouseError('USAGE', `${range} is not a range of revisions`, { hint: 'write FROM:TO' });
      }
      const { files, ...squashed } = squashRevisions(graph, first, last);
      const written = options.keep
        ? undefined
        : await writeRevision(service.migrationsDirectory, {
            ...squashed,
            message: options.message,
            at: new Date(),
            count: graph.ordered.length,
            template: loaded.project.revisions?.template,
          });
      if (written !== undefined) for (const file of files) await rm(file);
      if (options.json) {
        const { replaces } = squashed;
        output.data(JSON.stringify({ ok: true, file: written?.file ?? null, replaces, removed: files }, undefined, 2));
        return ExitCode.ok;
      }
      if (written !== undefined) output.data(`wrote ${written.file}`);
      for (const file of files) output.data(`${options.keep ? 'would remove' : 'removed'} ${file}`);
      return ExitCode.ok;
    });
  },
});
