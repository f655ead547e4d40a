import type { AnyCommand, OptionDeclaration } from '../command.ts';
import { kebab } from '../parse-command.ts';

/** The page of one command. */
export function renderCommandHelp(command: AnyCommand): string {
  const sections = [
    `${usageOf(command)} [options]`,
    `  ${command.summary}`,
    ...(command.details === undefined ? [] : [wrap(command.details, 2)]),
    ...section(
      'Arguments',
      (command.arguments ?? []).filter(({ summary }) => summary !== '').map(({ name, summary }) => [name, summary]),
    ),
    ...section(
      'Options',
      Object.entries(command.options).map(([key, option]) => [optionLabel(key, option), option.summary]),
    ),
    ...(command.examples === undefined ? [] : [`Examples\n${command.examples.map((line) => `  ${line}`).join('\n')}`]),
  ];
  return sections.join('\n\n');
}

/** A command with the words that it needs: `rowhouse revision --message TEXT`. */
export function usageOf(command: AnyCommand): string {
  const positional = (command.arguments ?? []).map(({ name, required = false, many = false }) => {
    const words = many ? `${name}…` : name;
    return required ? words : `[${words}]`;
  });
  const required = Object.entries(command.options)
    .filter(([, option]) => option.kind === 'text' && option.required === true)
    .map(([key, option]) => `--${kebab(key)}${option.kind === 'flag' ? '' : ` ${option.value}`}`);
  return ['rowhouse', command.name, ...positional, ...required].join(' ');
}

/** The first page: every command with its sentence, then those of the project at hand. */
export function renderOverview(commands: readonly AnyCommand[], own: readonly AnyCommand[], version: string): string {
  return [
    `rowhouse ${version} · the database platform of TypeScript services`,
    'rowhouse COMMAND [options]',
    ...section(
      'Commands',
      commands.map(({ name, summary }) => [name, summary]),
    ),
    ...section(
      'Commands of this project',
      own.map(({ name, summary }) => [name, summary]),
    ),
    'Every command: --help for its page, --json for stable output.',
    'Exit codes\n  0 done · 1 failed · 2 wrong words or settings · 3 a difference\n  4 refused · 5 not reachable · 130 stopped by Ctrl-C or SIGTERM',
  ].join('\n\n');
}

function optionLabel(key: string, option: OptionDeclaration): string {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  return `${short}--${kebab(key)}${option.kind === 'flag' ? '' : ` ${option.value}`}`;
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.map(([label, text]) => `  ${label.padEnd(width)}${wrap(text, width + 2).trimStart()}`);
  return [`${title}\n${lines.join('\n')}`];
}

/** Text in lines of at most 80 columns, each indented. */
export function wrap(text: string, indent: number): string {
  const space = ' '.repeat(indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > 80) {
      lines.push(space + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, space + line].join('\n');
}
