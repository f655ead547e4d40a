import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { maskUrl } from '../config/mask-url.ts';
import type { Settings } from '../config/settings.ts';
import type { Database } from '../database/database.ts';
import { databaseOf } from '../database/tenant/database-places.ts';
import { namespaceOf, placeName } from '../database/tenant/tenant-places.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { ScratchPlace } from '../ops/compare/scratch-database.ts';
import type { Surroundings } from './command-context.ts';
import { placeAt, settingsPlace } from './comparison-source.ts';
import { forService } from './for-each-service.ts';
import type { LoadedService } from './load-project.ts';
import { inNamespace, openInNamespace } from './namespace.ts';

/** One database of a fleet, or one namespace of a database. */
export interface FleetMember {
  /** Fit to be printed. */
  readonly name: string;
  open(): Promise<Database>;
  /** Where a plan for it can be tried. Absent: a copy would be one of all the namespaces beside it. */
  readonly place?: ScratchPlace;
}

/** The words of the command that say which databases are meant. */
export interface FleetSource {
  readonly databases: string | undefined;
  readonly query: string | undefined;
  readonly urlsEnv: string | undefined;
  readonly namespaces: string | undefined;
  readonly namespaceQuery: string | undefined;
  readonly tenants: boolean;
}

/** The databases, or the namespaces of one database, that a list, a query or a variable names; each once, in their order. */
export async function fleetMembers(
  { databases, query, urlsEnv, namespaces, namespaceQuery, tenants }: FleetSource,
  service: LoadedService,
  surroundings: Surroundings,
): Promise<readonly FleetMember[]> {
  const named = [databases, query, urlsEnv, namespaces, namespaceQuery].filter((one) => one !== undefined);
  const given = tenants ? [...named, 'tenants'] : named;
  if (given.length !== 1) {
    throw new RowhouseError('USAGE', 'name the databases in one way', {
      hint: 'write --databases FILE, --query SQL, --urls-env NAME, --namespaces FILE, --namespace-query SQL or --tenants',
    });
  }
  if (tenants) return await tenantMembers(service, surroundings);
  const [file, question] = [databases ?? namespaces, query ?? namespaceQuery];
  const words =
    file !== undefined
      ? await wordsOfFile(resolve(surroundings.directory, file), namespaces === undefined ? inDatabases : inNamespaces)
      : question !== undefined
        ? await answers(question, service)
        : wordsOfVariable(urlsEnv ?? '', surroundings);
  if (words.length === 0) throw new RowhouseError('USAGE', 'no database is named', { hint: 'the list is empty' });
  const isOfNamespaces = namespaces !== undefined || namespaceQuery !== undefined;
  const make = isOfNamespaces ? namespaceMember : memberOf;
  return [...new Set(words)].map((word) => make(word, service, surroundings));
}

/** The place of each tenant that the service has. */
async function tenantMembers(service: LoadedService, surroundings: Surroundings): Promise<readonly FleetMember[]> {
  const { tenancy } = service.service;
  if (tenancy === undefined || tenancy.by === 'row' || tenancy.tenants === undefined) {
    throw new RowhouseError('USAGE', `service ${service.name} does not say where its tenants are`, {
      hint: "give it a tenancy: { by: 'database', tenants: 'select id from company' }",
    });
  }
  const { engine, write } = service.settings();
  const isNamespace = tenancy.by === 'namespace';
  const make = isNamespace ? namespaceMember : memberOf;
  const otherwise = isNamespace ? namespaceOf : (id: string): string => databaseOf(write.database, id, engine.inFile);
  const found = await answers(tenancy.tenants, service);
  return [...new Set(found)].map((tenant) => make(placeName(tenant, tenancy, otherwise), service, surroundings));
}

/** A namespace of the service's own database. One that is not there is no member: all of it would go to another. */
function namespaceMember(name: string, service: LoadedService, { signal }: Surroundings): FleetMember {
  const inside = inNamespace(service.settings(), name, 'name databases, with --databases or --query');
  const open = async (): Promise<Database> => await openInNamespace(inside, name, signal);
  return { name, open: async () => await forService({ name }, open) };
}

function memberOf(word: string, service: LoadedService, surroundings: Surroundings): FleetMember {
  if (word.startsWith('env:') || /^[a-z][a-z0-9+.-]*:\/\//i.test(word)) {
    const name = maskUrl(word);
    const place: ScratchPlace = {
      inFile: false,
      open: async (database) => await placeAt(name, word, surroundings).open(database),
    };
    return { name, open: async () => await place.open(), place };
  }
  const place = settingsPlace(word, named(service.settings(), word), surroundings.signal);
  return { name: word, open: async () => await place.open(), place };
}

/** The service's own server and account, another database. */
function named(settings: Settings, database: string): Settings {
  return { ...settings, replicas: [], write: { ...settings.write, database } };
}

interface ListOption {
  readonly option: string;
  readonly hint: string;
}

const inDatabases: ListOption = {
  option: '--databases',
  hint: 'write one database a line: a URL, env:NAME, or a name on the server of the service',
};
const inNamespaces: ListOption = { option: '--namespaces', hint: 'write the name of one namespace a line' };

async function wordsOfFile(path: string, { option, hint }: ListOption): Promise<readonly string[]> {
  if (!existsSync(path)) {
    throw new RowhouseError('USAGE', `${option}: there is no file ${path}`, { details: { path }, hint });
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
