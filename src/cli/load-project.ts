import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertNoLiteralCredentials } from '../config/literal-credentials.ts';
import { readSetting, type Inputs } from '../config/setting.ts';
import type { Settings } from '../config/settings.ts';
import { projectSettings } from '../config/table/project-settings.ts';
import { connect, type ConnectOptions } from '../connect/connect.ts';
import {
  environmentInputs,
  fromEnvironment,
  readFile,
  type FromEnvironmentOptions,
} from '../connect/from-environment.ts';
import type { ServiceDatabase } from '../connect/service-session.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Project, Service } from '../project/project.ts';
import { moduleFailure, moduleHint } from '../util/module-failure.ts';
import type { Surroundings } from './command-context.ts';
import { refuseMissingFile, standInForMissing } from './refuse-missing-file.ts';

/** The words of a command that say which project, service and environment it is about. */
export interface ProjectOptions {
  readonly project?: string | undefined;
  readonly service?: string | undefined;
  readonly env?: string | undefined;
}

/** A project read from its file, ready to open its services' databases. */
export interface LoadedProject {
  readonly project: Project;
  readonly directory: string;
  /** The chosen services: one with `--service`, else all. */
  readonly services: readonly LoadedService[];
}

export interface LoadedService {
  readonly name: string;
  readonly service: Service;
  /** The folder of its revisions: the one that a variable names goes before the project file's. */
  readonly migrationsDirectory: string;
  readonly seedsDirectory: string | undefined;
  settings(): Settings;
  /** What single settings are read from, where no database needs to be known. */
  inputs(): Inputs;
  open(options?: OpenOptions): Promise<ServiceDatabase>;
}

/** How a command opens the database of a service. */
export interface OpenOptions extends ConnectOptions {
  readonly missingFile?: MissingFile;
}

/**
 * What becomes of a database whose file is not there yet: work that reads refuses it, work that fills it makes the file,
 * and for a look at such work an empty database in memory stands in for it. `refuse` unless said.
 */
export type MissingFile = 'refuse' | 'make' | 'stand-in';

const fileNames = ['rowhouse.config.ts', 'rowhouse.config.mts', 'rowhouse.config.mjs', 'rowhouse.config.js'];

/**
 * Finds and loads the project file: `--project`, or `rowhouse.config.ts` here or in a directory above. Its databases open
 * as the account of the service, or as that of migrations.
 */
export async function loadProject(
  options: ProjectOptions,
  surroundings: Surroundings,
  account?: 'migration',
): Promise<LoadedProject> {
  const file = findProjectFile(options, surroundings);
  if (file === undefined) {
    throw new RowhouseError('PROJECT_INVALID', `there is no rowhouse.config.ts in ${surroundings.directory} or above`, {
      hint: 'start a project with `rowhouse init`, or name its file with --project',
    });
  }
  if (!existsSync(file)) throw missingProject(file, options);
  const project = await importProject(file);
  const directory = dirname(file);
  const names = Object.keys(project.services);
  if (options.service !== undefined && !names.includes(options.service)) {
    throw new RowhouseError('USAGE', `the project has no service ${options.service}`, {
      hint: `its services are ${names.join(', ')}`,
    });
  }
  const chosen = options.service === undefined ? names : [options.service];
  const services = chosen.flatMap((name) => {
    const service = project.services[name];
    return service === undefined
      ? []
      : [loadService(name, service, { directory, environment: options.env, account }, surroundings)];
  });
  return { project, directory, services };
}

function missingProject(file: string, { project }: ProjectOptions): RowhouseError {
  return new RowhouseError('PROJECT_INVALID', `there is no project file ${file}`, {
    details: { file },
    hint: `${project === undefined ? 'DATABASE_MIGRATION_CONFIG' : '--project'} names it, from the directory you are in`,
  });
}

/** The project's file as an option, a variable or the place says; undefined where there is none. */
export function findProjectFile({ project }: ProjectOptions, surroundings: Surroundings): string | undefined {
  const { directory: start, environment } = surroundings;
  const named = project ?? environment['DATABASE_MIGRATION_CONFIG'];
  if (named !== undefined && named !== '') return resolve(start, named);
  for (let directory = start; ; directory = dirname(directory)) {
    const found = fileNames.map((name) => join(directory, name)).find((file) => existsSync(file));
    if (found !== undefined || dirname(directory) === directory) return found;
  }
}

/** The one service a command works on; with several it must be named. */
export function onlyService({ services }: LoadedProject): LoadedService {
  const [first, ...others] = services;
  if (first !== undefined && others.length === 0) return first;
  throw new RowhouseError('USAGE', 'the project has several services', {
    hint: `name one with --service: ${services.map(({ name }) => name).join(', ')}`,
  });
}

function loadService(
  name: string,
  service: Service,
  place: { readonly directory: string } & Pick<FromEnvironmentOptions, 'environment' | 'account'>,
  { environment }: Surroundings,
): LoadedService {
  const { directory } = place;
  const { environmentPrefix: prefix = variablePrefix(name) } = service;
  const named = { ...place, service: name, prefix };
  const settings = (): Settings => fromEnvironment(environment, named);
  const inputs = (): Inputs => environmentInputs(environment, named);
  return {
    name,
    service,
    get migrationsDirectory() {
      return resolve(directory, readSetting(inputs(), projectSettings.migrationPath)?.value ?? service.migrations);
    },
    seedsDirectory: service.seeds === undefined ? undefined : resolve(directory, service.seeds),
    settings,
    inputs,
    open: async ({ missingFile = 'refuse', ...options } = {}) => {
      const found = missingFile === 'stand-in' ? standInForMissing(settings()) : settings();
      if (missingFile === 'refuse') refuseMissingFile(found);
      return await connect(service.schema, found, { tenancy: service.tenancy, checkFences: false, ...options });
    },
  };
}

/** `AUTH_DATABASE_URL` is `DATABASE_URL` for the service auth. */
function variablePrefix(service: string): string {
  return service.replaceAll(/[^A-Za-z0-9]/g, '_').toUpperCase();
}

async function importProject(file: string): Promise<Project> {
  refuseLiteralCredentials(file);
  const module = await importModule(file);
  const project = 'default' in module ? module.default : undefined;
  if (isProject(project)) return project;
  throw new RowhouseError('PROJECT_INVALID', `${file} does not export a project`, {
    hint: 'write `export default defineProject({ … })`',
  });
}

const urlInText = /\b[a-z][a-z0-9+.-]*:\/\/[^\s'"`]+/gi;

/** A password in the project file would be committed with it. */
function refuseLiteralCredentials(file: string): void {
  for (const [url] of (readFile(file) ?? '').matchAll(urlInText)) assertNoLiteralCredentials(url);
}

async function importModule(file: string): Promise<object> {
  try {
    const module: object = await import(pathToFileURL(file).href);
    return module;
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'RowhouseError') throw cause;
    const isOldNode = cause instanceof Error && 'code' in cause && cause.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    throw new RowhouseError('PROJECT_INVALID', `${file} cannot be loaded: ${moduleFailure(cause)}`, {
      hint: isOldNode ? `Node.js 22.18 or later reads TypeScript; this is ${process.version}` : moduleHint(cause),
      cause,
    });
  }
}

function isProject(value: unknown): value is Project {
  return typeof value === 'object' && value !== null && 'services' in value && 'name' in value;
}
