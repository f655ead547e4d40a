import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { AnyCommand, OptionDeclaration } from './command.ts';
import { nearWord } from '../util/near-word.ts';

export interface ParsedCommand {
  readonly options: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly arguments: readonly string[];
  readonly help: boolean;
}

/** The words after a command's name. An unknown or malformed word is `USAGE` naming it. */
export function parseCommand(command: AnyCommand, words: readonly string[]): ParsedCommand {
  const { values, positionals } = parseWords(command, words);
  const declared = command.arguments ?? [];
  const options = Object.fromEntries(
    Object.entries(command.options).map(([key, option]) => [key, readOption(command, key, option, values[kebab(key)])]),
  );
  const help = values['help'] === true;
  if (!help) {
    const missing = declared.find(({ required = false }, position) => required && positionals[position] === undefined);
    if (missing !== undefined) throw usage(command, `${missing.name} is missing`);
    if (positionals.length > declared.length && declared.at(-1)?.many !== true)
      throw usage(command, `there is one word too many: ${positionals[declared.length]}`);
    const unset = Object.entries(command.options).find(
      ([key, option]) => option.kind === 'text' && option.required === true && !options[key],
    );
    if (unset !== undefined) throw usage(command, `--${kebab(unset[0])} is missing`);
  }
  return { options, arguments: positionals, help };
}

function parseWords(
  command: AnyCommand,
  words: readonly string[],
): { values: Record<string, unknown>; positionals: string[] } {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
  for (const [key, option] of Object.entries(command.options)) {
    options[kebab(key)] = {
      type: option.kind === 'flag' ? 'boolean' : 'string',
      ...(option.short === undefined ? {} : { short: option.short }),
    };
  }
  const { words: safe, restore } = keepRelativeTargets(words);
  try {
    const { values, positionals } = parseArgs({ args: safe, options, allowPositionals: true, strict: true });
    return { values: mapValues(values, restore), positionals: positionals.map(restore) };
  } catch (error) {
    if (!(error instanceof TypeError) || !('code' in error)) throw error;
    throw error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
      ? unknownOption(command, error.message)
      : wrongValue(command, error.message);
  }
}

/** Node quotes the option as it was written. */
function unknownOption(command: AnyCommand, message: string): RowhouseError {
  const [, word = ''] = /'(-[^']*)'/.exec(message) ?? [];
  const known = Object.keys(command.options).map((key) => `--${kebab(key)}`);
  const near = word.startsWith('--') ? nearWord(word, known) : undefined;
  return usage(command, `there is no option ${word}`, near === undefined ? '' : `did you mean ${near}? `);
}

/** Node quotes the option as `-m, --message <value>`, `--message` or `--json`. */
function wrongValue(command: AnyCommand, message: string): RowhouseError {
  const [, name = ''] = /--([a-z-]+)/.exec(message) ?? [];
  const option = Object.entries(command.options).find(([key]) => kebab(key) === name)?.[1];
  if (option === undefined || option.kind === 'flag') return usage(command, `--${name} takes no value`);
  const dashed = message.includes('ambiguous') ? `a value that begins with a dash is written --${name}=-…; ` : '';
  return usage(command, `--${name} needs ${option.value} behind it`, dashed);
}

function mapValues(values: Readonly<Record<string, unknown>>, map: (word: string) => string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? map(value) : value]),
  );
}

/** `-1` is a target, not an option: it is set aside while options are parsed. */
function keepRelativeTargets(words: readonly string[]): { words: string[]; restore: (word: string) => string } {
  const mark = '\u0000';
  return {
    words: words.map((word) => (/^-\d+$/.test(word) ? mark + word : word)),
    restore: (word) => (word.startsWith(mark) ? word.slice(1) : word),
  };
}

function readOption(
  command: AnyCommand,
  key: string,
  option: OptionDeclaration,
  value: unknown,
): string | number | boolean | undefined {
  switch (option.kind) {
    case 'flag':
      return value === true;
    case 'text':
      return typeof value === 'string' ? value : undefined;
    case 'number': {
      if (typeof value !== 'string') return undefined;
      const number = option.of.parse(value);
      if (number !== undefined) return number;
      throw usage(command, `--${kebab(key)} is not ${option.of.words}`);
    }
  }
}

/** `createDb` → `create-db` */
export function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function usage({ name }: AnyCommand, reason: string, advice = ''): RowhouseError {
  return new RowhouseError('USAGE', reason, { hint: `${advice}see \`rowhouse ${name} --help\`` });
}
