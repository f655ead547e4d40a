import { RowhouseError } from '../errors/rowhouse-error.ts';
import { parseEnvFile } from './env-file.ts';
import type { Environment, ReadFile } from './environment.ts';
import { projectSettings } from './table/project-settings.ts';

export interface LoadOptions {
  readonly directory: string;
  readonly service?: string | undefined;
  /** Wins over `ENVIRONMENT`, wherever that is set. */
  readonly environment?: string | undefined;
  readonly processEnvironment: Environment;
  readonly readFile: ReadFile;
}

/** Variables from the process and from `.env` files, and which file gave which. */
export interface LoadedEnvironment {
  readonly variables: Environment;
  readonly files: Readonly<Record<string, string>>;
  /** What said something else of a variable and lost: `DB_NAME (.env)`. */
  readonly over: Readonly<Record<string, readonly string[]>>;
}

/**
 * Adds to the process's variables, which always win, those of `.env.<service>.<environment>`, `.env.<environment>`,
 * `.env.<service>` and `.env`. The environment goes before the service: a production value is never hidden by one that
 * a service brought for every environment.
 */
export function loadEnvironment(options: LoadOptions): LoadedEnvironment {
  const common = readLayer(options, '.env');
  const { environment, file } = chosenEnvironment(options, common);
  const { service } = options;
  const layers = [
    ...(service === undefined ? [] : [readLayer(options, `.env.${plain(service, 'service')}.${environment}`)]),
    readLayer(options, `.env.${environment}`),
    ...(service === undefined ? [] : [readLayer(options, `.env.${service}`)]),
    common,
  ];
  const loaded = layers.reduce(addLayer, { variables: set(options.processEnvironment), files: {}, over: {} });
  const { ENVIRONMENT: _, ...files } = loaded.files;
  return {
    ...loaded,
    variables: { ...loaded.variables, ENVIRONMENT: environment },
    files: file === undefined ? files : { ...files, ENVIRONMENT: file },
  };
}

interface Layer {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
}

function readLayer({ directory, readFile }: LoadOptions, name: string): Layer {
  const text = readFile(`${directory}/${name}`);
  return { name, variables: text === undefined ? {} : parseEnvFile(text, name) };
}

function chosenEnvironment(
  options: LoadOptions,
  common: Layer,
): { readonly environment: string; readonly file?: string } {
  const { fallback, variables } = projectSettings.environment;
  const [name = ''] = variables;
  const said = [options.environment, options.processEnvironment[name]].find(Boolean);
  const written = common.variables[name];
  if (said !== undefined || !written) return { environment: plain(said ?? fallback, 'environment') };
  return { environment: plain(written, 'environment'), file: common.name };
}

function addLayer(loaded: LoadedEnvironment, { name, variables }: Layer): LoadedEnvironment {
  const added = Object.entries(variables).filter(([variable]) => loaded.variables[variable] === undefined);
  const lost = Object.entries(variables)
    .filter(([variable, value]) => value !== '' && (loaded.variables[variable] ?? value) !== value)
    .map(([variable]) => [variable, [...(loaded.over[variable] ?? []), `${variable} (${name})`]] as const);
  return {
    variables: { ...loaded.variables, ...Object.fromEntries(added) },
    files: { ...loaded.files, ...Object.fromEntries(added.map(([variable]) => [variable, name])) },
    over: { ...loaded.over, ...Object.fromEntries(lost) },
  };
}

/** A variable that is set to nothing does not hide the one in a file. */
function set(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}

function plain(name: string, what: string): string {
  const { kind } = projectSettings.environment;
  const parsed = kind.parse(name);
  if (parsed !== undefined) return parsed;
  throw new RowhouseError('CONFIG_INVALID', `the ${what} is not ${kind.words}`, { details: { [what]: name } });
}
