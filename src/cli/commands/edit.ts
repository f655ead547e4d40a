import { spawn } from 'node:child_process';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { resolveRevision } from '../../migration/revision/target.ts';
import { command, serviceOptions, type AnyCommand } from '../command.ts';
import { loadProject, onlyService } from '../load-project.ts';

export const edit: AnyCommand = command({
  name: 'edit',
  summary: 'open a revision file in the editor',
  details:
    'Opens the file in $VISUAL or $EDITOR and reads the history again afterwards. Without a terminal it prints the path. A revision that a database has already must not change: `rowhouse up` refuses it there.',
  arguments: [{ name: 'REVISION', summary: 'an id or the start of one, label@head, head (default)' }],
  options: serviceOptions,
  examples: ['rowhouse edit', 'rowhouse edit 1a2b --service auth'],
  async run({ options, arguments: [wanted = 'head'], output, surroundings }) {
    const service = onlyService(await loadProject(options, surroundings));
    const graph = await loadRevisions(service.migrationsDirectory);
    const revision = wanted === 'head' ? graph.head() : resolveRevision(wanted, graph);
    if (revision === undefined) throw new RowhouseError('REVISION_NOT_FOUND', 'there are no revisions');
    const editor = surroundings.environment['VISUAL'] ?? surroundings.environment['EDITOR'];
    if (options.json) output.data(JSON.stringify({ ok: true, file: revision.file }, undefined, 2));
    else if (editor === undefined || process.stdin.isTTY !== true) output.data(revision.file);
    else await openIn(editor, revision.file);
    return ExitCode.ok;
  },
});

/** The editor may be written with words of its own: `code --wait`. */
async function openIn(editor: string, file: string): Promise<void> {
  const [program = editor, ...words] = editor.split(/\s+/);
  const child = spawn(program, [...words, file], { stdio: 'inherit' });
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  if (code !== 0) throw new RowhouseError('FILE_FAILED', `${program} ended with ${code ?? 'a signal'}`);
}
