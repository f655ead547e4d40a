import type { OnlineAlter, OnlineStatement, OnlineStep } from '../../../dialect/online-alter.ts';
import { orphanRows } from '../../../dialect/prechecks.ts';
import type { Connection } from '../../../driver/connection.ts';
import type { Flavor } from '../flavor.ts';
import { parseAlter } from '../algorithm/alter-text.ts';
import { foreignKeysOf, indexesOf } from '../algorithm/twin.ts';
import { mysqlText } from '../text.ts';
import { interimKey } from './names.ts';
import { foreignKeyName } from './refuse-copy.ts';
import { readShape, rowKeys } from './shape.ts';

/** A foreign key as a statement adds it. */
export interface AddedKey {
  readonly name: string;
  /** `foreign key (…) references …`, to the end of the statement. */
  readonly definition: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

/** Undefined: the statement adds none, or not as its last clause. */
export function addedKey(rest: string): AddedKey | undefined {
  const [, name, definition, columns, parent, parentColumns] = keyPattern.exec(rest) ?? [];
  if (name === undefined || definition === undefined || parent === undefined) return undefined;
  return {
    name: unquoted(name),
    definition,
    columns: namesOf(columns),
    parent: unquoted(parent),
    parentColumns: namesOf(parentColumns),
  };
}

/**
 * The key is made under a name for the meantime, without a look at the rows: from then on no write can break it. Once no
 * row does, it gets its own name, which nobody has to prove.
 */
export async function nextOfKey(
  connection: Connection,
  { table, sql }: OnlineAlter,
  flavor: Flavor,
): Promise<OnlineStep> {
  const key = addedKey(parseAlter(sql)?.rest ?? '');
  if (key === undefined) return { statements: [], undo: [], isLast: true };
  const interim = interimKey(key.name);
  const present = (await foreignKeysOf(connection, table)).map(foreignKeyName);
  const indexes = await indexesOf(connection, table);
  const alter = `alter table ${mysqlText.name(table)}`;
  const dropIndex = indexes.has(interim) ? `, drop index ${mysqlText.name(interim)}` : '';
  const undo = present.includes(interim) ? [`${alter} drop foreign key ${mysqlText.name(interim)}${dropIndex}`] : [];
  if (!present.includes(interim)) {
    const made = sql.replace(
      `add constraint ${mysqlText.name(key.name)} foreign key`,
      `add constraint ${mysqlText.name(interim)} foreign key`,
    );
    return { statements: [unchecked(`${made}, ${gently}`, flavor)], undo, isLast: false };
  }
  const rename = indexes.has(interim) ? `, rename index ${mysqlText.name(interim)} to ${mysqlText.name(key.name)}` : '';
  const [named = []] = rowKeys(await readShape(connection, table));
  const references = { name: key.parent, columns: key.parentColumns };
  const add = `add constraint ${mysqlText.name(key.name)} ${key.definition}`;
  return {
    prechecks: [orphanRows(mysqlText, { table: { name: table }, key: named }, { columns: key.columns, references })],
    statements: [unchecked(`${alter} drop foreign key ${mysqlText.name(interim)}${rename}, ${add}, ${gently}`, flavor)],
    undo,
    isLast: true,
  };
}

/** Alters foreign keys while the server looks at no row for them. */
export function unchecked(sql: string, { restrictsUnsaid }: Flavor): OnlineStatement {
  return {
    sql: restrictsUnsaid ? sql.replaceAll(/ on (?:delete|update) restrict\b/gi, '') : sql,
    before: 'set session foreign_key_checks = 0',
    after: 'set session foreign_key_checks = 1',
  };
}

/** Measured: neither server reads a row for a foreign key while it does not check any. */
export const gently = 'algorithm=inplace, lock=none';

const list = '((?:`(?:[^`]|``)+`(?:, )?)+)';

const keyPattern = new RegExp(
  `\\badd constraint \`((?:[^\`]|\`\`)+)\` (foreign key \\(${list}\\) references \`((?:[^\`]|\`\`)+)\` \\(${list}\\)(?: on (?:delete|update) (?:no action|set null|cascade|restrict))*)$`,
  'i',
);

function namesOf(text = ''): readonly string[] {
  return [...text.matchAll(/`((?:[^`]|``)+)`/g)].map(([, name = '']) => unquoted(name));
}

function unquoted(name: string): string {
  return name.replaceAll('``', '`');
}
