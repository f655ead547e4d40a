import { allCommands } from '../../src/cli/commands.ts';
import { kebab } from '../../src/cli/parse-command.ts';
import { usageOf } from '../../src/cli/render/help.ts';
import { ExitCode } from '../../src/errors/codes.ts';
import { code, generated, markdownTable } from './markdown.mjs';

const commands = await allCommands();

/** What each number means to a script. */
const meanings = {
  ok: 'done',
  failed: 'it was tried and failed',
  usage: 'the words or the settings are wrong; nothing was tried',
  difference: 'two things that should be the same differ',
  refused: 'it would not be safe, or cannot be done here; nothing was changed',
  unavailable: 'a server does not answer or does not let us in',
  stopped: 'it was stopped by Ctrl-C or SIGTERM',
};

/** Every command with its words, as `--help` shows them. */
export function commandsPage() {
  const exits = Object.entries(ExitCode).map(([name, number]) => [number, meanings[name]]);
  return [
    generated,
    '# Commands',
    `${commands.map(({ name }) => `[${name}](#${name})`).join(' · ')}`,
    ...commands.map(section),
    '## Exit codes',
    `${markdownTable(['code', 'meaning'], exits)}\n`,
  ].join('\n\n');
}

function section(command) {
  const { name, summary, details, arguments: positional = [], options, examples = [] } = command;
  const rows = [
    ...positional.map((argument) => [code(argument.name), argument.summary]),
    ...Object.entries(options).map(([key, option]) => [code(label(key, option)), option.summary]),
  ];
  return [
    `## ${name}`,
    `${code(usageOf(command))}: ${summary}.`,
    ...(details === undefined ? [] : [details]),
    markdownTable(['word', 'meaning'], rows),
    ...(examples.length === 0 ? [] : [['```sh', ...examples, '```'].join('\n')]),
  ].join('\n\n');
}

function label(key, option) {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  return `${short}--${kebab(key)}${option.kind === 'flag' ? '' : ` ${option.value}`}`;
}
