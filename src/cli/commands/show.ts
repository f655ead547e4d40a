import { describeChange } from '../../catalog/change/describe-change.ts';
import { ExitCode } from '../../errors/codes.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { resolveRevision } from '../../migration/revision/target.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import { command, serviceOptions, type AnyCommand } from '../command.ts';
import { loadProject, onlyService } from '../load-project.ts';

export const show: AnyCommand = command({
  name: 'show',
  summary: 'show one revision: where it stands and what it changes',
  details: 'Reads the revision files only. `rowhouse sql` prints the statements it runs.',
  arguments: [{ name: 'REVISION', summary: 'an id or the start of one, label@head, head (default)' }],
  options: serviceOptions,
  examples: ['rowhouse show', 'rowhouse show 1a2b --service auth'],
  async run({ options, arguments: [wanted = 'head'], output, surroundings }) {
    const service = onlyService(await loadProject(options, surroundings));
    const graph = await loadRevisions(service.migrationsDirectory);
    const revision = wanted === 'head' ? graph.head() : resolveRevision(wanted, graph);
    if (revision === undefined) {
      output.data(options.json ? JSON.stringify({ ok: true, revision: null }) : 'there are no revisions');
      return ExitCode.ok;
    }
    const children = graph.ordered.filter(({ parents }) => parents.includes(revision.id)).map(({ id }) => id);
    if (options.json)
      output.data(
        JSON.stringify({ ok: true, revision: { ...revision, children, changes: changesOf(revision) } }, undefined, 2),
      );
    else for (const line of toLines(revision, children)) output.data(line);
    return ExitCode.ok;
  },
});

function toLines(revision: LoadedRevision, children: readonly string[]): readonly string[] {
  const { id, message, file, parents, labels = [], dependsOn = [], phase } = revision;
  const changes = changesOf(revision);
  return [
    `${id}  ${message}`,
    `file     ${file}`,
    `after    ${parents.join(', ') || 'base'}`,
    `before   ${children.join(', ') || 'nothing: a head'}`,
    ...(labels.length > 0 ? [`labels   ${labels.join(', ')}`] : []),
    ...(dependsOn.length > 0 ? [`needs    ${dependsOn.join(', ')}`] : []),
    ...(phase === undefined ? [] : [`phase    ${phase}`]),
    `changes  ${changes.length === 0 ? 'none' : String(changes.length)}`,
    ...changes.map((change) => `  ${change}`),
  ];
}

function changesOf({ up }: LoadedRevision): readonly string[] {
  return up.map(describeChange);
}
