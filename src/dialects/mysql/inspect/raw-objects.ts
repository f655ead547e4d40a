import type { RawObject } from '../../../catalog/model/raw-object.ts';
import type { Connection } from '../../../driver/connection.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import type { Flavor } from '../flavor.ts';
import { mysqlText } from '../text.ts';
import { routinesQuery } from './catalog-queries.ts';
import { readRows } from './rows.ts';

/** Functions, procedures, triggers and events, with the text that makes them. */
export async function inspectRoutines(
  connection: Connection,
  flavor: Flavor,
  isExcluded: (table: string) => boolean,
): Promise<readonly RawObject[]> {
  const objects: RawObject[] = [];
  for (const [type = '', name = '', table] of await readRows(connection, routinesQuery)) {
    if (table !== undefined && isExcluded(table)) continue;
    const isRoutine = type !== 'trigger' && type !== 'event';
    objects.push(
      await rawObject(connection, flavor, { type, name, table, stage: isRoutine ? 'before-tables' : 'after-tables' }),
    );
  }
  return objects;
}

/** Tables that the catalog has no model of: partitioned, system-versioned, with an unusual primary key. */
export async function inspectRawTable(connection: Connection, flavor: Flavor, name: string): Promise<RawObject> {
  return await rawObject(connection, flavor, { type: 'table', name, table: undefined, stage: 'before-tables' });
}

/** The statement that makes an object, as the server prints it. */
export async function showCreate(connection: Connection, type: string, name: string): Promise<string> {
  const [row = []] = await readRows(connection, `show create ${type} ${mysqlText.name(name)}`);
  const text = row.find((cell) => cell !== undefined && /^create\s/i.test(cell));
  if (text !== undefined) return text;
  throw new RowhouseError('PERMISSION_DENIED', `the text of ${type} ${name} is not shown to this account`, {
    details: { type, name },
    hint: 'inspect with an account that may see it',
  });
}

/** Who made it is no part of what it is: made again, it belongs to the account that makes it. */
export function withoutDefiner(text: string): string {
  return text.replace(/^(create\s+(?:algorithm=\w+\s+)?)definer=`(?:[^`]|``)*`(?:@`(?:[^`]|``)*`)?\s+/i, '$1');
}

interface RawSource {
  readonly type: string;
  readonly name: string;
  readonly table: string | undefined;
  readonly stage: RawObject['stage'];
}

async function rawObject(
  connection: Connection,
  flavor: Flavor,
  { type, name, table, stage }: RawSource,
): Promise<RawObject> {
  const create = withoutDefiner(await showCreate(connection, type, name));
  return {
    type,
    name,
    ...(table === undefined ? {} : { table }),
    create: { [flavor.name]: create.replace(/ AUTO_INCREMENT=\d+(?= )/, '') },
    drop: { [flavor.name]: `drop ${type} ${mysqlText.name(name)}` },
    stage,
  };
}
