import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Settings } from '../config/settings.ts';
import { resolveSettings } from '../config/resolve-settings.ts';
import { connect } from '../connect/connect.ts';
import { makeCatalog } from '../database/make-catalog.ts';
import { engines } from '../engines.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { RevisionGraph } from '../migration/revision/revision-graph.ts';
import { loadRevisions } from '../migration/revision/load-revisions.ts';
import type { LoadedRevision } from '../migration/revision/revision.ts';
import { loadScript } from '../ops/compare/load-script.ts';
import { makeRevisions } from '../ops/compare/make-revisions.ts';
import type { ScratchPlace } from '../ops/compare/scratch-database.ts';
import type { Source } from '../ops/compare/source.ts';
import { catalogOf, type SchemaModule } from '../schema/schema.ts';
import { moduleFailure, moduleHint } from '../util/module-failure.ts';
import type { Surroundings } from './command-context.ts';
import { forService } from './for-each-service.ts';
import { refuseMissingFile } from './refuse-missing-file.ts';

/**
 * What the words of `--from` or `--to` stand for: a URL or `env:NAME`, a schema file, a directory of revisions (with
 * `@revision` behind it: up to that one), or an `.sql` file.
 */
export async function comparisonSource(option: string, text: string, surroundings: Surroundings): Promise<Source> {
  if (isUrl(text)) return { kind: 'database', place: placeAt(option, text, surroundings) };
  const path = resolve(surroundings.directory, text);
  const { signal } = surroundings;
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return await revisionSource(path, undefined, signal);
    if (path.endsWith('.sql')) return scriptSource(await readFile(path, 'utf8'), signal);
    return await schemaSource(path);
  }
  const at = path.lastIndexOf('@');
  const directory = path.slice(0, Math.max(at, 0));
  if (at !== -1 && existsSync(directory) && statSync(directory).isDirectory()) {
    return await revisionSource(directory, path.slice(at + 1), signal);
  }
  throw new RowhouseError('USAGE', `${option}: there is no file or directory ${path}`, {
    details: { option, path },
    hint: 'name a database URL, env:NAME, a schema file, a directory of revisions or an .sql file',
  });
}

/** The place that a URL names: its database, and its server for scratch databases. */
export function placeAt(option: string, text: string, surroundings: Surroundings): ScratchPlace {
  return settingsPlace(option, settingsAt(option, text, surroundings), surroundings.signal);
}

/** The settings of a database by its URL, or by the name of the variable that has it. */
export function settingsAt(option: string, text: string, { environment }: Surroundings): Settings {
  const name = text.startsWith('env:') ? text.slice(4) : undefined;
  const url = name === undefined ? text : environment[name];
  if (url === undefined || url === '') {
    throw new RowhouseError('CONFIG_MISSING', `${option} names the variable ${name ?? ''}, which is not set`, {
      details: { option, variable: name },
      hint: 'set the variable, or write the URL itself; what stands in a .env file is not read for this',
    });
  }
  const names = { DATABASE_URL: name ?? 'the URL' };
  // What the environment says of TLS and waiting holds for these lines too; what it says of a database does not.
  const variables = { ...lineVariables(environment), DATABASE_URL: url };
  return resolveSettings(variables, engines, { names });
}

function lineVariables(environment: Surroundings['environment']): Surroundings['environment'] {
  return Object.fromEntries(lineVariableNames.map((name) => [name, environment[name]]));
}

const lineVariableNames = ['DB_SSLMODE_DEFAULT', 'DB_CONNECT_TIMEOUT'] as const;

/** The place that settings name. */
export function settingsPlace(label: string, settings: Settings, signal: AbortSignal): ScratchPlace {
  return {
    inFile: settings.engine.inFile,
    open: async (database) =>
      await forService({ name: label }, async () => {
        if (database === undefined) refuseMissingFile(settings);
        const write = { ...settings.write, database: database ?? settings.write.database };
        return await connect({}, { ...settings, replicas: [], write }, { attempts: 1, signal });
      }),
  };
}

/** A place for scratch databases of an engine that keeps them in files, by the engine's name. */
export function filePlace(name: string, signal: AbortSignal): ScratchPlace {
  const engine = engines.find(({ schemes }) => schemes.includes(name.toLowerCase()));
  if (engine?.inFile !== true) {
    throw new RowhouseError('USAGE', `--engine ${name} has no server to make the definitions on`, {
      details: { engine: name, known: engines.filter(({ inFile }) => inFile).map((one) => one.name) },
      hint: 'name a server with --scratch URL',
    });
  }
  return settingsPlace('--engine', resolveSettings({ DATABASE_URL: `${engine.name}:///:memory:` }, engines), signal);
}

function isUrl(text: string): boolean {
  return text.startsWith('env:') || /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

function scriptSource(script: string, signal: AbortSignal): Source {
  return { kind: 'definition', make: async (session) => await loadScript(session, script, signal) };
}

async function revisionSource(directory: string, target: string | undefined, signal: AbortSignal): Promise<Source> {
  const revisions = upTo(await loadRevisions(directory), target);
  return {
    kind: 'definition',
    make: async (session) => await makeRevisions(session, revisions, signal),
    isCompiled: true,
  };
}

function upTo(graph: RevisionGraph, target: string | undefined): readonly LoadedRevision[] {
  if (target === 'base') return [];
  const last = target === undefined || target === 'head' ? graph.head() : graph.find(target);
  return last === undefined ? [] : graph.upTo(last.id);
}

async function schemaSource(file: string): Promise<Source> {
  const catalog = catalogOf(await importSchema(file));
  return { kind: 'definition', make: async (session) => await makeCatalog(session, catalog), isCompiled: true };
}

async function importSchema(file: string): Promise<SchemaModule> {
  try {
    const module: SchemaModule = await import(pathToFileURL(file).href);
    return module;
  } catch (cause) {
    throw new RowhouseError('SCHEMA_INVALID', `${file} cannot be loaded: ${moduleFailure(cause)}`, {
      details: { file },
      hint: moduleHint(cause) ?? 'name a schema file, a directory of revisions or an .sql file',
      cause,
    });
  }
}
