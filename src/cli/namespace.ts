import type { Settings } from '../config/settings.ts';
import { connect } from '../connect/connect.ts';
import type { ServiceDatabase } from '../connect/service-session.ts';
import { emptyCatalog } from '../catalog/model/catalog.ts';
import type { Database } from '../database/database.ts';
import { isHeld } from '../database/is-held.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { ScratchPlace } from '../ops/compare/scratch-database.ts';
import { settingsPlace } from './comparison-source.ts';

/** The database of these settings with another default namespace. Where it has none: `CAPABILITY_MISSING` with the hint. */
export function inNamespace(settings: Settings, name: string, hint: string): Settings {
  const { engine, write } = settings;
  if (engine.inNamespace !== undefined) return { ...settings, replicas: [], write: engine.inNamespace(write, name) };
  throw new RowhouseError('CAPABILITY_MISSING', `a database of ${engine.name} has no namespaces`, {
    details: { capability: 'namespaces', engine: engine.name },
    hint,
  });
}

/** Opens a database in a namespace; `OBJECT_MISSING` where that is not there: everything would go to another one. */
export async function openInNamespace(inside: Settings, name: string, signal: AbortSignal): Promise<ServiceDatabase> {
  const database = await connect({}, inside, { attempts: 1, signal });
  try {
    await refuseMissing(database, name);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A place for scratch databases in which this namespace is there and is the default one. */
export function namespacePlace(label: string, settings: Settings, name: string, signal: AbortSignal): ScratchPlace {
  const outside = settingsPlace(label, settings, signal);
  const inside = settingsPlace(label, inNamespace(settings, name, 'name a server that has them'), signal);
  return {
    inFile: inside.inFile,
    open: async (scratch) => {
      if (scratch !== undefined) await makeNamespace(await outside.open(scratch), name);
      return await inside.open(scratch);
    },
  };
}

async function makeNamespace(given: Database, name: string): Promise<void> {
  await using database = given;
  await database.pinned(async (session) => {
    const statements = session.dialect.definition.compile({ kind: 'create-namespace', name }, emptyCatalog);
    for (const { sql } of statements) await session.script(sql);
  });
}

async function refuseMissing(database: Database, name: string): Promise<void> {
  const isThere = await database.pinned(
    async ({ dialect, connection }) =>
      await isHeld(dialect, connection, { question: 'exists', object: { kind: 'namespace', name } }),
  );
  if (isThere) return;
  throw new RowhouseError('OBJECT_MISSING', `there is no namespace ${name} in ${database.where}`, {
    details: { namespace: name },
    hint: 'create it, or name one that is there',
  });
}
