import type { Database } from '../../database/database.ts';
import { isHeld } from '../../database/is-held.ts';
import { createRepository } from '../../repository/create-repository.ts';
import { appliedSeeds, seedTableName } from './seed-table.ts';

export interface ForgottenSeeds {
  /** Whose seeds they are, where services share a database. */
  readonly service: string;
  /** The tables that are gone: the files named after them are forgotten. `all`: every file is. */
  readonly tables: 'all' | readonly string[];
}

/** Lets the next run apply seeds again whose rows went with their tables. */
export async function forgetSeeds(database: Database, { service, tables }: ForgottenSeeds): Promise<void> {
  const probe = { question: 'exists', object: { kind: 'table', name: seedTableName } } as const;
  if (!(await database.pinned(async ({ dialect, connection }) => await isHeld(dialect, connection, probe)))) return;
  const record = createRepository(appliedSeeds, database.unscoped('seeds'));
  const known = await record.list({ where: { service } });
  const files = known.map(({ file }) => file).filter((file) => tables === 'all' || tables.includes(tableOf(file)));
  if (files.length > 0) await record.deleteWhere({ service, file: { in: files } });
}

/** `essential/role.json` is named after `role`. */
function tableOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\..*$/, '');
}
