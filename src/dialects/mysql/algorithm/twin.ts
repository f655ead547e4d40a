import { hash } from 'node:crypto';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from '../inspect/rows.ts';
import { mysqlText } from '../text.ts';

/** Every table of ours that is there for a moment begins with this. */
export const twinPrefix = '_rowhouse_probe_';

/** An empty table with the structure of another. */
export interface Twin {
  readonly name: string;
  /** The table in the database; undefined when the plan itself makes it. */
  readonly source: string | undefined;
  /** What the checks of the source are called here. */
  readonly checks: ReadonlyMap<string, string>;
  /** It has the foreign keys of its source, too. */
  readonly hasForeignKeys: boolean;
}

/** Makes an empty table with the columns, indexes and checks of another. */
export async function makeTwin(connection: Connection, source: string, name: string): Promise<Twin> {
  await connection.script(`create table ${mysqlText.name(name)} like ${mysqlText.name(source)}`);
  const [theirs, ours] = [await checksOf(connection, source), [...(await checksOf(connection, name))]];
  const checks = new Map<string, string>();
  for (const [check, clause] of theirs) {
    const at = ours.findIndex(([, other]) => other === clause);
    const [twin] = at === -1 ? [] : ours.splice(at, 1);
    if (twin !== undefined) checks.set(check, twin[0]);
  }
  return { name, source, checks, hasForeignKeys: false };
}

/** The foreign keys of a table, each as it stands in its definition: `CONSTRAINT … FOREIGN KEY … REFERENCES …`. */
export async function foreignKeysOf(connection: Connection, table: string): Promise<readonly string[]> {
  const [row] = await readRows(connection, `show create table ${mysqlText.name(table)}`);
  return [...(row?.[1] ?? '').matchAll(/^ {2}(CONSTRAINT `(?:[^`]|``)+` FOREIGN KEY .*?),?$/gm)].map(
    ([, text = '']) => text,
  );
}

/** The names of the indexes of a table. */
export async function indexesOf(connection: Connection, table: string): Promise<ReadonlySet<string>> {
  const sql = `select distinct index_name from information_schema.statistics
where table_schema = database() and table_name = ?`;
  return new Set((await readRows(connection, sql, [table])).map(([name = '']) => name));
}

/** What a constraint of the source is called at its twin, where names belong to the database. */
export function constraintName({ name, checks }: Twin, constraint: string): string {
  return checks.get(constraint) ?? `${name}_${hash('sha256', constraint).slice(0, 12)}`;
}

async function checksOf(connection: Connection, table: string): Promise<readonly (readonly [string, string])[]> {
  const sql = `select c.constraint_name, c.check_clause
from information_schema.table_constraints t
join information_schema.check_constraints c
  on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name
where t.constraint_schema = database() and t.table_name = ? and t.constraint_type = 'CHECK'`;
  return (await readRows(connection, sql, [table])).map(([name = '', clause = '']) => [name, clause]);
}
