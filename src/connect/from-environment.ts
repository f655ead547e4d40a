import type { Environment } from '../config/environment.ts';
import { describeSource } from '../config/given.ts';
import { loadEnvironment, type LoadedEnvironment } from '../config/load-environment.ts';
import { resolveSettings } from '../config/resolve-settings.ts';
import type { Inputs } from '../config/setting.ts';
import type { Settings } from '../config/settings.ts';
import { engines } from '../engines.ts';

export interface FromEnvironmentOptions {
  /** Where the `.env` files are; the current directory when nothing is said. */
  readonly directory?: string | undefined;
  /** Reads `.env.<service>` files too. */
  readonly service?: string | undefined;
  /** Wins over `ENVIRONMENT`. */
  readonly environment?: string | undefined;
  /** Variables that begin with this and `_` win over those without: with `AUTH`, `AUTH_DB_NAME` over `DB_NAME`. */
  readonly prefix?: string | undefined;
  /** `migration`: as the account of migrations, `MIGRATION_DB_USER`, where one is set. A service leaves it out. */
  readonly account?: 'migration' | undefined;
}

/**
 * The settings that the environment and its `.env` files give: see the configuration guide for every variable.
 *
 * @example
 * ```ts
 * const database = await connect(schema, fromEnvironment(process.env));
 * ```
 */
export function fromEnvironment(environment: Environment, options: FromEnvironmentOptions = {}): Settings {
  const { environment: variables, ...more } = environmentInputs(environment, options);
  return resolveSettings(variables, engines, { ...more, account: options.account });
}

/** What single settings are read from, where no database needs to be known. */
export function environmentInputs(environment: Environment, options: FromEnvironmentOptions = {}): Inputs {
  const loaded = loadEnvironment({
    directory: options.directory ?? process.cwd(),
    service: options.service,
    environment: options.environment,
    processEnvironment: environment,
    readFile,
  });
  const { variables, ...more } = withPrefix(withEnvironmentSource(loaded, environment, options), options.prefix);
  return { environment: variables, readFile, ...more };
}

interface NamedEnvironment extends LoadedEnvironment {
  readonly names: Readonly<Record<string, string>>;
}

/** Says who chose the environment: an option is no variable, and a default was chosen by nobody. */
function withEnvironmentSource(
  loaded: LoadedEnvironment,
  processEnvironment: Environment,
  options: FromEnvironmentOptions,
): NamedEnvironment {
  if (options.environment) return { ...loaded, names: { ENVIRONMENT: '--env' } };
  if (processEnvironment['ENVIRONMENT'] || loaded.files['ENVIRONMENT'] !== undefined) return { ...loaded, names: {} };
  const { ENVIRONMENT: _, ...variables } = loaded.variables;
  return { ...loaded, variables, names: {} };
}

/** `AUTH_DB_NAME` stands for `DB_NAME` and wins over it, and is called by its own name wherever it is shown. */
function withPrefix(loaded: NamedEnvironment, prefix: string | undefined): NamedEnvironment {
  if (prefix === undefined) return loaded;
  const { variables, files, names, over } = loaded;
  const own = Object.keys(variables).filter((name) => name.startsWith(`${prefix}_`) && name.length > prefix.length + 1);
  const bare = (name: string): string => name.slice(prefix.length + 1);
  const fromOwn = <V>(value: (name: string) => V): Record<string, V> =>
    Object.fromEntries(own.map((name) => [bare(name), value(name)]));
  const lost = (name: string): readonly string[] => {
    const common = variables[bare(name)];
    const other = common === undefined || common === variables[name] ? [] : [inFile(bare(name), files[bare(name)])];
    return [...(over[name] ?? []), ...other, ...(over[bare(name)] ?? [])];
  };
  return {
    variables: { ...variables, ...fromOwn((name) => variables[name]) },
    files: withoutMissing({ ...files, ...fromOwn((name) => files[name]) }),
    names: { ...names, ...fromOwn((name) => name) },
    over: { ...over, ...fromOwn(lost) },
  };
}

function inFile(name: string, file: string | undefined): string {
  return describeSource({ kind: 'variable', name, file });
}

/** A variable of the process has no file, even where the one that it hides has. */
function withoutMissing(files: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, file]) => (file === undefined ? [] : [[name, file]])),
  );
}

/** The settings for one URL, and defaults for the rest. For tests and scripts; services read their environment. */
export function fromUrl(url: string): Settings {
  return resolveSettings({ DATABASE_URL: url }, engines, { readFile });
}

/** A file's text; undefined when there is none. Any other failure is the caller's to see. */
export function readFile(path: string): string | undefined {
  try {
    return process.getBuiltinModule('node:fs').readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}
