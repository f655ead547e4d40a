import type { Catalog } from '../../catalog/model/catalog.ts';
import type { ForeignKey } from '../../catalog/model/constraint.ts';
import { findColumn, type Table } from '../../catalog/model/table.ts';
import { displayName, type ObjectName } from '../../catalog/model/object-name.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { compileSql } from '../../sql/compile-sql.ts';
import { id, join, sql, type SqlFragment, type SqlName } from '../../sql/sql.ts';
import { likelyValues, looksAt } from './likely-values.ts';
import { makeRow, type GeneratedRow } from './make-row.ts';
import { parentsFirst } from './parents-first.ts';
import { seededNumbers, type SeededNumbers } from './seeded-numbers.ts';

/** How tables are filled. */
export interface FillOptions {
  /** Rows of each table; 8 when nothing is said. */
  readonly rows?: number | undefined;
  /** The same seed makes the same rows; 1 when nothing is said. */
  readonly seed?: number | undefined;
  /** False: no null where a value can be made. */
  readonly nulls?: boolean | undefined;
}

/** What was made of one table. */
export interface FilledTable {
  readonly table: string;
  readonly rows: number;
  /** Why it has fewer rows than were wanted: the code of the last error. */
  readonly reason?: string;
}

/** How often a row is made anew while the database does not take it. */
const attempts = 100;

/**
 * Fills every empty table with rows that keep the rules of the catalog: parents first, values by type, other ones where
 * a check does not let them pass. A table whose rows the database never takes stays empty, and says why.
 */
export async function fillTables(
  session: PinnedSession,
  catalog: Catalog,
  { rows = 8, seed = 1, nulls = true }: FillOptions = {},
): Promise<readonly FilledTable[]> {
  const filled: FilledTable[] = [];
  for (const table of parentsFirst(catalog)) {
    const there = await countRows(session, table);
    if (there > 0) filled.push({ table: displayName(table), rows: there });
    else filled.push(await fillTable(session, table, { catalog, rows, nulls, random: seededNumbers(seed) }));
  }
  return filled;
}

interface Filling {
  readonly catalog: Catalog;
  readonly rows: number;
  readonly nulls: boolean;
  readonly random: SeededNumbers;
}

async function fillTable(session: PinnedSession, table: Table, filling: Filling): Promise<FilledTable> {
  const parents = await readParents(session, table, filling.catalog);
  let [made, reason]: [number, string | undefined] = [0, undefined];
  for (let number = 1; number <= filling.rows && (made > 0 || number === 1); number += 1) {
    reason = await insertSome(session, table, filling, number, parents);
    if (reason === undefined) made += 1;
  }
  return { table: displayName(table), rows: made, ...(made > 0 || reason === undefined ? {} : { reason }) };
}

type Parents = ReadonlyMap<string, readonly (readonly unknown[])[]>;

/** Undefined when the row is in; else the code of the error that the last try met. */
async function insertSome(
  session: PinnedSession,
  table: Table,
  { catalog, nulls, random }: Filling,
  number: number,
  parents: Parents,
): Promise<string | undefined> {
  const chosen = new Map<string, unknown>();
  let code: string | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const parent = ({ name }: ForeignKey): readonly unknown[] | undefined => {
      const rows = parents.get(name) ?? [];
      return rows[(number - 1 + (attempt === 0 ? 0 : random(rows.length))) % Math.max(1, rows.length)];
    };
    const error = await tryInsert(session, table, makeRow({ table, catalog, number, nulls, chosen, parent }), catalog);
    if (error === undefined) return undefined;
    code = error.code;
    chooseAnew(chosen, table, { catalog, random, number }, error);
  }
  return code;
}

/** Other values for the columns of the check that refused the row; for those of every check when no check is named. */
function chooseAnew(
  chosen: Map<string, unknown>,
  table: Table,
  { catalog, random, number }: Pick<Filling, 'catalog' | 'random'> & { readonly number: number },
  error: RowhouseError,
): void {
  const named = table.checks.filter(({ name }) => name === error.details['constraint']);
  for (const check of named.length > 0 ? named : table.checks) {
    for (const column of table.columns.filter((each) => looksAt(check, each))) {
      const values = likelyValues(check, column, number, catalog);
      chosen.set(column.name, values[random(values.length)]);
    }
  }
}

async function tryInsert(
  session: PinnedSession,
  table: Table,
  row: GeneratedRow,
  catalog: Catalog,
): Promise<RowhouseError | undefined> {
  try {
    await insert(session, table, row, catalog);
    return undefined;
  } catch (error) {
    if (!(error instanceof RowhouseError) || session.connection.broken) throw error;
    return error;
  }
}

async function insert(session: PinnedSession, table: Table, row: GeneratedRow, catalog: Catalog): Promise<void> {
  const { types, text } = session.dialect;
  const entries = [...row].map(([name, value]) => {
    const column = findColumn(table, name);
    return [name, value === null || column === undefined ? null : types.codec(column.type, catalog).encode(value)];
  });
  const names = entries.map(([name]) => sql`${id(String(name))}`);
  const values = entries.map(([, value]) => sql`${value}`);
  const statement = compileSql(
    entries.length === 0
      ? emptyInsert(table)
      : sql`insert into ${nameOf(table)} (${join(names)}) values (${join(values)})`,
    text,
  );
  await session.run({ sql: statement.sql }, statement.values);
}

/** A table whose columns are all made by the database takes the default of the first. */
function emptyInsert(table: Table): SqlFragment {
  const [first] = table.columns;
  return sql`insert into ${nameOf(table)} (${id(first?.name ?? '')}) values (default)`;
}

/** The keys that each foreign key of the table can refer to, as values of its columns. */
async function readParents(session: PinnedSession, table: Table, catalog: Catalog): Promise<Parents> {
  const found = new Map<string, readonly (readonly unknown[])[]>();
  for (const { name, columns, references } of table.foreignKeys) {
    const names = join(references.columns.map((column) => sql`${id(column)}`));
    const { text, types } = session.dialect;
    const query = compileSql(sql`select ${names} from ${nameOf(references)} order by ${names}`, text);
    const { rows } = await session.run({ sql: query.sql }, []);
    const codecs = columns.map((column) => {
      const type = findColumn(table, column)?.type;
      return type === undefined ? undefined : types.codec(type, catalog);
    });
    const decoded = rows.map((row) => row.map((cell, place) => (cell === null ? null : codecs[place]?.decode(cell))));
    found.set(
      name,
      decoded.filter((row) => !row.includes(null)),
    );
  }
  return found;
}

async function countRows(session: PinnedSession, table: ObjectName): Promise<number> {
  const query = compileSql(sql`select count(*) from ${nameOf(table)}`, session.dialect.text);
  const { rows } = await session.run({ sql: query.sql }, []);
  return Number(rows[0]?.[0]);
}

/** The name of a table in a statement. */
export function nameOf({ namespace, name }: ObjectName): SqlName {
  return namespace === undefined ? id(name) : id(namespace, name);
}
