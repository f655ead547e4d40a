import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { maskUrl } from '../config/mask-url.ts';
import type { Settings } from '../config/settings.ts';
import type { Database } from '../database/database.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Surroundings } from './command-context.ts';
import { placeAt, settingsPlace } from './comparison-source.ts';
import type { LoadedService } from './load-project.ts';

/** One database of a fleet. */
export interface FleetMember {
  /** Fit to be printed. */
  readonly name: string;
  open(): Promise<Database>;
}

/** The words of the command that say which databases are meant. */
export interface FleetSource {
  readonly databases: string | undefined;
  readonly query: string | undefined;
  readonly urlsEnv: string | undefined;
}

/** The databases that a list, a query or a variable names; each once, in their order. */
export async function fleetMembers(
  { databases, query, urlsEnv }: FleetSource,
  service: LoadedService,
  surroundings: Surroundings,
): Promise<readonly FleetMember[]> {
  const given = [databases, query, urlsEnv].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new RowhouseError('USAGE', 'name the databases in one way', {
      hint: 'write --databases FILE, --query SQL or --urls-env NAME',
    });
  }
  const words =
    databases !== undefined
      ? await wordsOfFile(resolve(surroundings.directory, databases))
      : query !== undefined
        ? await answers(query, service)
        : wordsOfVariable(urlsEnv ?? '', surroundings);
  if (words.length === 0) throw new RowhouseError('USAGE', 'no database is named', { hint: 'the list is empty' });
  return [...new Set(words)].map((word) => memberOf(word, service, surroundings));
}

function memberOf(word: string, service: LoadedService, surroundings: Surroundings): FleetMember {
  if (word.startsWith('env:') || /^[a-z][a-z0-9+.-]*:\/\//i.test(word)) {
    const name = maskUrl(word);
    return { name, open: async () => await placeAt(name, word, surroundings).open() };
  }
  return {
    name: word,
    open: async () => await settingsPlace(word, named(service.settings(), word), surroundings.signal).open(),
  };
}

/** The service's own server and account, another database. */
function named(settings: Settings, database: string): Settings {
  return { ...settings, read: undefined, write: { ...settings.write, database } };
}

async function wordsOfFile(path: string): Promise<readonly string[]> {
  if (!existsSync(path)) {
    throw new RowhouseError('USAGE', `--databases: there is no file ${path}`, {
      details: { path },
      hint: 'write one database a line: a URL, env:NAME, or a name on the server of the service',
    });
  }
  return (await readFile(path, 'utf8'))
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function wordsOfVariable(name: string, { environment }: Surroundings): readonly string[] {
  const text = environment[name];
  if (text === undefined || text.trim() === '') {
    throw new RowhouseError('CONFIG_MISSING', `--urls-env names the variable ${name}, which is not set`, {
      details: { variable: name },
      hint: 'set it to database URLs with blanks between them',
    });
  }
  return text.trim().split(/\s+/);
}

async function answers(query: string, service: LoadedService): Promise<readonly string[]> {
  await using database = await service.open({ attempts: 1 });
  const { rows } = await database.run({ sql: query }, []);
  return rows.map(([first]) => String(first));
}
