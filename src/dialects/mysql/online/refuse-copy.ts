import type { Connection } from '../../../driver/connection.ts';
import type { Flavor } from '../flavor.ts';
import { foreignKeysOf } from '../algorithm/twin.ts';
import { readRows } from '../inspect/rows.ts';
import { longestForeignKey, type CopyNames } from './names.ts';
import { readShape, rowKeys } from './shape.ts';

/** Why a copy cannot take the place of the table; undefined when it can. */
export async function whyNoCopy(
  connection: Connection,
  table: string,
  names: CopyNames,
  { databaseWideChecks }: Flavor,
): Promise<string | undefined> {
  if (rowKeys(await readShape(connection, table)).length === 0) return 'its rows have no key to be copied by';
  for (const [problem, sql] of Object.entries(questions)) {
    const [found] = await readRows(connection, sql, [table]);
    if (found !== undefined) return `${problem} ${found[0] ?? ''}`.trim();
  }
  const own = new Set<string | undefined>(Object.values(names.trigger));
  const triggers = await readRows(connection, triggersOf, [table]);
  const trigger = triggers.find(([name]) => !own.has(name));
  if (trigger !== undefined) return `it has a trigger, ${trigger[0] ?? ''}, that would not be there for a moment`;
  const [check] = databaseWideChecks ? await readRows(connection, checksOf, [table]) : [];
  if (check !== undefined) return `its check ${check[0] ?? ''} could not keep its name`;
  const keys = (await foreignKeysOf(connection, table)).map(foreignKeyName);
  const long = keys.find((name) => name.length > longestForeignKey);
  return long === undefined ? undefined : `the name of its foreign key ${long} has no room for another before it`;
}

/** `x` of ``CONSTRAINT `x` FOREIGN KEY …``. */
export function foreignKeyName(text: string): string {
  const [, name = ''] = /^CONSTRAINT `((?:[^`]|``)+)`/i.exec(text) ?? [];
  return name.replaceAll('``', '`');
}

const triggersOf = `select trigger_name from information_schema.triggers
where event_object_schema = database() and event_object_table = ? order by trigger_name`;

const checksOf = `select constraint_name from information_schema.table_constraints
where table_schema = database() and table_name = ? and constraint_type = 'CHECK'`;

/** Rows where a copy will not do, by what they mean; the first cell is the name of what is in the way. */
const questions: Readonly<Record<string, string>> = {
  'it is referred to by the foreign key': `select constraint_name from information_schema.referential_constraints
where unique_constraint_schema = database() and referenced_table_name = ?`,
  'it is no plain table but': `select lower(table_type) from information_schema.tables
where table_schema = database() and table_name = ? and table_type <> 'BASE TABLE'`,
};
