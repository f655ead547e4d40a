import type { TableRows } from './dump-rows.ts';
import type { Losses } from './find-losses.ts';

/** Where the rows after going up and down again are not those from before; losses aside. No values are named. */
export function rowDifferences(
  before: ReadonlyMap<string, TableRows>,
  after: ReadonlyMap<string, TableRows>,
  { tables, columns, anything }: Losses,
): readonly string[] {
  if (anything) return [];
  return [...before].flatMap(([table, old]) => {
    const now = after.get(table);
    if (tables.has(table)) return [];
    if (now === undefined) return [`table ${table} is gone`];
    if (now.rows.length !== old.rows.length)
      return [`${table} has ${now.rows.length} rows instead of ${old.rows.length}`];
    const kept = old.columns.filter((column) => !columns.has(`${table}.${column}`));
    if (projection(old, kept) === projection(now, kept)) return [];
    const different = kept.filter((column) => projection(old, [column]) !== projection(now, [column]));
    return different.length === 0
      ? [`the rows of ${table} are mixed up`]
      : different.map((column) => `${table}.${column} has other values`);
  });
}

/** Some columns of all rows, in an order that is the same for the same rows. */
function projection({ columns, rows }: TableRows, wanted: readonly string[]): string {
  const places = wanted.map((column) => columns.indexOf(column));
  return JSON.stringify(rows.map((row) => JSON.stringify(places.map((place) => row[place]))).toSorted());
}
