import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** Refuses a database in a file that is not there, for work that reads: opening it would make an empty one. */
export function refuseMissingFile(settings: Settings): void {
  if (!isMissing(settings)) return;
  const { database } = settings.write;
  throw new RowhouseError('DATABASE_NOT_FOUND', `there is no database file ${database}`, {
    details: { file: database },
    hint: 'check the path; with three slashes it is relative to this directory, with four it is absolute; `rowhouse up` makes the database of a service',
  });
}

/** Is the database a file that is not there yet, and its folder is? */
export function canBeMade(settings: Settings): boolean {
  return isMissing(settings) && existsSync(dirname(settings.write.database));
}

/** The settings with an empty database in memory where the file is not there yet, for what is only looked at. */
export function standInForMissing(settings: Settings): Settings {
  if (!canBeMade(settings)) return settings;
  return { ...settings, replicas: [], write: { ...settings.write, database: ':memory:' } };
}

function isMissing({ engine, write: { database } }: Settings): boolean {
  return engine.inFile === true && database !== ':memory:' && !existsSync(database);
}
