import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Environment, ReadFile } from './environment.ts';
import { agreed, byDefault, type Given } from './given.ts';
import type { ValueKind } from './value-kind.ts';

/** One thing that can be configured, and the variables that may say it, in order of precedence. */
export interface Setting<T> {
  /** A noun phrase for messages: `pool size`. */
  readonly name: string;
  readonly variables: readonly string[];
  readonly kind: ValueKind<T>;
  /** One sentence for the guide. */
  readonly about: string;
  readonly secret?: boolean;
}

/** A setting that is never absent. */
export interface DefaultedSetting<T> extends Setting<T> {
  readonly fallback: T;
}

/** Where settings are read from. */
export interface Inputs {
  readonly environment: Environment;
  readonly readFile: ReadFile;
  /** The `.env` file that gave a variable, where one did. */
  readonly files: Readonly<Record<string, string>>;
  /** What a person called a variable, where that is another name: `AUTH_DB_NAME` for `DB_NAME`. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** What else said a variable and lost to what won. */
  readonly over?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** The one answer that every variable of a setting gives; undefined when none is set. */
export function readSetting<T>(inputs: Inputs, setting: Setting<T>): Given<T> | undefined {
  return agreed(setting.name, readEach(inputs, setting));
}

/** As `readSetting`, with the default in place of nothing. */
export function readOrDefault<T>(inputs: Inputs, setting: DefaultedSetting<T>): Given<T> {
  return readSetting(inputs, setting) ?? { value: setting.fallback, source: byDefault };
}

/** Every answer to a setting: the variables themselves first, then the files that `{VARIABLE}_FILE` point to. */
export function readEach<T>(inputs: Inputs, setting: Setting<T>): readonly Given<T>[] {
  const direct = setting.variables.map((name) => variable(inputs, name));
  const pointed = setting.variables.map((name) => pointedFile(inputs, `${name}_FILE`));
  return [...direct, ...pointed].filter((given) => given !== undefined).map((given) => parsed(given, setting));
}

interface RawGiven extends Given<string> {
  readonly name: string;
}

/** An empty variable counts as not set: it is what a compose file makes of a variable that is missing outside. */
function variable(inputs: Inputs, name: string): RawGiven | undefined {
  const value = inputs.environment[name];
  if (value === undefined || value === '') return undefined;
  const said = inputs.names?.[name] ?? name;
  return {
    name: said,
    value,
    source: { kind: 'variable', name: said, file: inputs.files[name], over: inputs.over?.[name] },
  };
}

function pointedFile(inputs: Inputs, name: string): RawGiven | undefined {
  const path = variable(inputs, name);
  if (!path) return undefined;
  // Editors and `echo` end a file with a line end that is no part of a password.
  const value = inputs.readFile(path.value)?.replace(/[\r\n]+$/, '');
  if (value === undefined || value === '') {
    throw new RowhouseError(
      'CONFIG_INVALID',
      `${path.name} names a file that is ${value === '' ? 'empty' : 'not there'}`,
      {
        details: { variable: path.name, path: path.value },
        hint: `check ${path.value}: that it exists, can be read by this process and holds the value`,
      },
    );
  }
  return { name: path.name, value, source: path.source };
}

function parsed<T>(given: RawGiven, setting: Setting<T>): Given<T> {
  const value = setting.kind.parse(setting.secret ? given.value : given.value.trim());
  if (value === undefined) {
    throw new RowhouseError('CONFIG_INVALID', `${given.name} is not ${setting.kind.words}`, {
      details: { variable: given.name, setting: setting.name },
    });
  }
  return { value, source: given.source };
}
