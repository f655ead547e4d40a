import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { allCommands } from '../../../src/cli/commands.ts';
import type { Output } from '../../../src/cli/output.ts';
import { renderCommandHelp, renderOverview } from '../../../src/cli/render/help.ts';
import { run } from '../../../src/cli/run.ts';

const commands = await allCommands();

describe('words that are no command line', () => {
  test.each([
    ['hsitory', 'there is no command hsitory', 'did you mean `rowhouse history`?'],
    ['help nope', 'there is no command nope', '`rowhouse --help` lists them'],
    ['serv', 'there is no command serv', 'did you mean `rowhouse serve`?'],
    ['curent', 'there is no command curent', 'did you mean `rowhouse current`?'],
    ['database', 'database needs another word', 'there are `rowhouse database make-migrations`, `'],
    ['database updrage', 'there is no command database updrage', ', `rowhouse database upgrade`, `'],
    ['up --dryrun', 'there is no option --dryrun', 'did you mean --dry-run? see `rowhouse up --help`'],
    ['up --foo', 'there is no option --foo', 'see `rowhouse up --help`'],
    ['up -x', 'there is no option -x', 'see `rowhouse up --help`'],
    ['up --lock-timeout', '--lock-timeout needs SECONDS behind it', 'see `rowhouse up --help`'],
    ['revision -m', '--message needs TEXT behind it', 'see `rowhouse revision --help`'],
    ['revision -m --autogenerate', '--message needs TEXT behind it', 'see `rowhouse revision --help`'],
    ['up --dry-run=yes', '--dry-run takes no value', 'see `rowhouse up --help`'],
    ['up --lock-timeout x', '--lock-timeout is not a number of seconds', 'see `rowhouse up --help`'],
    ['fleet grow', 'fleet does up, current or drift, not grow', 'see `rowhouse fleet --help`'],
    ['parked --dry-run', '--dry-run goes with --purge', 'write `rowhouse parked --purge --dry-run`'],
  ])('%s: says what is wrong, and what to write', async (line, message, hint) => {
    const said = await refusedWords(line.split(' '));

    expect(said.exitCode).toBe(2);
    expect(said.text).toContain(`error: ${message}`);
    expect(said.text.replaceAll(/\s+/g, ' ')).toContain(hint);
  });
});

describe('the help', () => {
  test.each(commands)('of $name has examples and fits 80 columns', (command) => {
    const page = renderCommandHelp(command);

    expect(Math.max(...page.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(command.examples?.length).toBeGreaterThan(0);
    for (const example of command.examples ?? []) expect(example).toContain(`rowhouse ${command.name}`);
  });

  test('of all commands fits 80 columns', () => {
    const page = renderOverview(commands, [], '0.0.0');

    expect(Math.max(...page.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

async function refusedWords(words: readonly string[]): Promise<{ exitCode: number; text: string }> {
  const said: string[] = [];
  const output: Output = {
    data: (line) => said.push(line),
    tell: (line) => said.push(line),
    say: (line) => said.push(line),
    status: () => undefined,
    interactive: false,
    width: 80,
  };
  const surroundings = { directory: tmpdir(), environment: {}, signal: new AbortController().signal };
  const exitCode = await run(words, commands, output, surroundings, '0.0.0');
  return { exitCode, text: said.join('\n') };
}
