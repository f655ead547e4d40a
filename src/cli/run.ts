import { ExitCode } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Surroundings } from './command-context.ts';
import type { AnyCommand } from './command.ts';
import type { Output } from './output.ts';
import { fileError } from './file-error.ts';
import { nearWord } from '../util/near-word.ts';
import { otherWords } from './other-words.ts';
import { parseCommand, type ParsedCommand } from './parse-command.ts';
import { projectCommands } from './project-commands.ts';
import { errorJson, renderError } from './render/error.ts';
import { renderCommandHelp, renderOverview } from './render/help.ts';
import { isStop } from './stop-on-signal.ts';

/** Runs one command line and gives the exit code. With `--json` an error is JSON on stdout too. */
export async function run(
  words: readonly string[],
  commands: readonly AnyCommand[],
  output: Output,
  surroundings: Surroundings,
  version: string,
): Promise<number> {
  const [name, ...rest] = words;
  try {
    if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
      output.data(renderOverview(commands, await ownForOverview(words, output, surroundings), version));
      return ExitCode.ok;
    }
    if (name === '--version' || name === '-v') {
      output.data(version);
      return ExitCode.ok;
    }
    const asked = name === 'help' ? [...rest, '--help'] : words;
    const found = findCommand(asked, commands) ?? (await findOwn(asked, commands, surroundings));
    const parsed = parseCommand(found, asked.slice(wordsOf(found).length));
    if (parsed.help) {
      output.data(renderCommandHelp(found));
      return ExitCode.ok;
    }
    return await runCommand(found, parsed, output, surroundings);
  } catch (error) {
    if (words.includes('--json')) output.data(JSON.stringify({ ok: false, error: errorJson(error) }));
    output.say(renderError(error));
    if (isStop(error, surroundings.signal)) return ExitCode.stopped;
    return error instanceof RowhouseError ? error.exitCode : ExitCode.failed;
  }
}

/** However deep the work was when the signal came, a person is told of the signal and of what to do next. */
async function runCommand(
  command: AnyCommand,
  parsed: ParsedCommand,
  output: Output,
  surroundings: Surroundings,
): Promise<number> {
  try {
    return await command.run({ ...parsed, options: parsed.options as never, output, surroundings });
  } catch (error) {
    const { signal } = surroundings;
    if (!isStop(error, signal)) throw fileError(error);
    const reason = signal.reason instanceof Error ? signal.reason.message : 'stopped';
    const details = error instanceof RowhouseError ? error.details : {};
    throw new RowhouseError('CANCELLED', reason, { details, hint: command.whenStopped, cause: error });
  }
}

function wordsOf({ name }: AnyCommand): readonly string[] {
  return name.split(' ');
}

function findCommand(words: readonly string[], commands: readonly AnyCommand[]): AnyCommand | undefined {
  return commands.find((command) => wordsOf(command).every((word, position) => words[position] === word));
}

/** The project is asked only for a word that is no built-in command: a broken project file never hides those. */
async function findOwn(
  words: readonly string[],
  commands: readonly AnyCommand[],
  surroundings: Surroundings,
): Promise<AnyCommand> {
  const own = await projectCommands(words, surroundings);
  const found = findCommand(words, own);
  if (found === undefined) throw unknownCommand(words, [...commands, ...own]);
  return found;
}

async function ownForOverview(
  words: readonly string[],
  output: Output,
  surroundings: Surroundings,
): Promise<readonly AnyCommand[]> {
  try {
    return await projectCommands(words, surroundings);
  } catch (error) {
    output.say(`the project's own commands are not listed\n${renderError(error)}\n`);
    return [];
  }
}

function unknownCommand([name = '', second]: readonly string[], commands: readonly AnyCommand[]): RowhouseError {
  const family = [...commands.map((command) => command.name), ...otherWords].filter((each) =>
    each.startsWith(`${name} `),
  );
  if (family.length > 0) {
    const about =
      second === undefined || second.startsWith('-')
        ? `${name} needs another word`
        : `there is no command ${name} ${second}`;
    return new RowhouseError('USAGE', about, {
      hint: `there are ${family.map((each) => `\`rowhouse ${each}\``).join(', ')}`,
    });
  }
  if (name.startsWith('-'))
    return new RowhouseError('USAGE', `${name} needs a command before it`, { hint: '`rowhouse --help` lists them' });
  const near = nearWord(
    name,
    commands.map((command) => command.name),
  );
  return new RowhouseError('USAGE', `there is no command ${name}`, {
    hint: near === undefined ? '`rowhouse --help` lists them' : `did you mean \`rowhouse ${near}\`?`,
  });
}
