import { parseArgs } from 'node:util';
import { ExitCode } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { AnyProjectCommand } from '../project/project-command.ts';
import type { Surroundings } from './command-context.ts';
import { command, projectOptions, type AnyCommand } from './command.ts';
import { findProjectFile, loadProject, onlyService, type LoadedProject, type ProjectOptions } from './load-project.ts';

const { service: _, json: __, ...options } = projectOptions;

/** The commands that the project at hand declares; none where there is no project. */
export async function projectCommands(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<readonly AnyCommand[]> {
  const chosen = projectWords(words);
  if (findProjectFile(chosen, surroundings) === undefined) return [];
  const { project } = await loadProject(chosen, surroundings);
  return Object.entries(project.commands ?? {}).map(([name, declared]) => asCommand(name, declared));
}

function asCommand(name: string, declared: AnyProjectCommand): AnyCommand {
  const { summary, details, arguments: names = [] } = declared;
  return command({
    name,
    summary,
    ...(details === undefined ? {} : { details }),
    arguments: names.map((each) => ({ name: each.toUpperCase(), summary: '', required: true })),
    options,
    async run({ options: chosen, arguments: given, output, surroundings }) {
      const loaded = await loadProject(chosen, surroundings);
      await using opened = new AsyncDisposableStack();
      await declared.run({
        arguments: Object.fromEntries(names.map((each, position) => [each, given[position] ?? ''])),
        environment: surroundings.environment,
        signal: surroundings.signal,
        open: async (service) => opened.use(await serviceOf(loaded, service).open({ missingFile: 'make' })),
        print: (line) => output.data(line),
      });
      return ExitCode.ok;
    },
  });
}

function serviceOf(loaded: LoadedProject, name: string | undefined): LoadedProject['services'][number] {
  if (name === undefined) return onlyService(loaded);
  const found = loaded.services.find((service) => service.name === name);
  if (found !== undefined) return found;
  throw new RowhouseError('PROJECT_INVALID', `the project has no service ${name}`, {
    hint: `its services are ${loaded.services.map((service) => service.name).join(', ')}`,
  });
}

/** `--project` and `--env` among words that no command has parsed yet. */
function projectWords(words: readonly string[]): ProjectOptions {
  const { values } = parseArgs({
    args: [...words],
    options: { project: { type: 'string' }, env: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return { project: text(values['project']), env: text(values['env']) };
}
