import { existsSync } from 'node:fs';
import type { Settings } from '../config/settings.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** Refuses a database in a file that is not there, for work that reads: opening it would make an empty one. */
export function refuseMissingFile({ engine, write: { database } }: Settings): void {
  if (!engine.inFile || database === ':memory:' || existsSync(database)) return;
  throw new RowhouseError('DATABASE_NOT_FOUND', `there is no database file ${database}`, {
    details: { file: database },
    hint: 'check the path; with three slashes it is relative to this directory, with four it is absolute',
  });
}
