import type { OnlineAlter, OnlineStep } from '../../../dialect/online-alter.ts';
import type { Connection } from '../../../driver/connection.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { parseAlter } from '../algorithm/alter-text.ts';
import { foreignKeysOf } from '../algorithm/twin.ts';
import { copyNames, interimKey } from './names.ts';
import { namesIn, nextOfCopy, type OnlineServer } from './copy-step.ts';
import { addedKey, nextOfKey } from './key-step.ts';
import { foreignKeyName } from './refuse-copy.ts';

/** The next step of a statement that is made in several. */
export async function nextStep(connection: Connection, alter: OnlineAlter, server: OnlineServer): Promise<OnlineStep> {
  switch (alter.kind) {
    case 'copy':
      return await nextOfCopy(connection, alter, server);
    case 'unproved-key':
      return await nextOfKey(connection, alter, server.flavor);
    case 'parts':
      throw new RowhouseError('CAPABILITY_MISSING', `an index of ${alter.table} is made of the whole table`, {
        details: { table: alter.table },
      });
  }
}

/** A statement of which a run that was cut short has made steps; undefined: none has. */
export async function begunAlter(connection: Connection, sql: string): Promise<OnlineAlter | undefined> {
  const { table, rest, verb } = parseAlter(sql) ?? {};
  if (table === undefined || rest === undefined || verb !== 'alter') return undefined;
  const { copy, old } = copyNames({ table, sql });
  if ((await namesIn(connection, 'tables', 'table_name', [copy, old])).size > 0) return { kind: 'copy', table, sql };
  const key = addedKey(rest);
  if (key === undefined || (await namesIn(connection, 'tables', 'table_name', [table])).size === 0) return undefined;
  const present = (await foreignKeysOf(connection, table)).map(foreignKeyName);
  return present.includes(interimKey(key.name)) ? { kind: 'unproved-key', table, sql } : undefined;
}
