import { ExitCode } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Surroundings } from './command-context.ts';
import type { AnyCommand } from './command.ts';
import type { Output } from './output.ts';
import { parseCommand } from './parse-command.ts';
import { renderError } from './render/error.ts';
import { renderCommandHelp, renderOverview } from './render/help.ts';

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
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      output.data(renderOverview(commands, version));
      return ExitCode.ok;
    }
    if (name === '--version') {
      output.data(version);
      return ExitCode.ok;
    }
    const found = commands.find((command) => command.name === name);
    if (found === undefined) throw unknownCommand(name, commands);
    const parsed = parseCommand(found, rest);
    if (parsed.help) {
      output.data(renderCommandHelp(found));
      return ExitCode.ok;
    }
    return await found.run({ ...parsed, options: parsed.options as never, output, surroundings });
  } catch (error) {
    if (rest.includes('--json')) output.data(JSON.stringify({ ok: false, error: errorJson(error) }));
    output.say(renderError(error));
    return error instanceof RowhouseError ? error.exitCode : ExitCode.failed;
  }
}

function unknownCommand(name: string, commands: readonly AnyCommand[]): RowhouseError {
  const near = commands.find((command) => distance(command.name, name) <= 2)?.name;
  return new RowhouseError('USAGE', `there is no command ${name}`, {
    hint: near === undefined ? '`rowhouse --help` lists them' : `did you mean \`rowhouse ${near}\`?`,
  });
}

function errorJson(error: unknown): unknown {
  return error instanceof RowhouseError ? error : { code: 'INTERNAL', message: String(error) };
}

/** How many letters must be added, removed or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [position, letter] of Array.from(a).entries()) {
    const next = [position + 1];
    for (const [column, other] of Array.from(b).entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
