import type { Table } from '../../../catalog/model/table.ts';
import { refuse } from '../refuse.ts';

/**
 * Options of a SQLite table: `strict`, `withoutRowid`, `autoincrement` (false: numbers of deleted rows may be given
 * again) and, for databases that others made, three that name a constraint, `primary key` or `not null <column>`:
 * `conflict <what>` is its conflict clause, `key <what>` the SQL of its key where that says more than columns, and
 * `unnamed <check>` says that the check has its name here only, so that SQLite does not know it by that.
 */
type TableOption = 'strict' | 'withoutRowid' | 'autoincrement';

const known = /^(?:strict|withoutRowid|autoincrement|(?:conflict|key|unnamed) .+)$/s;

/** Refuses an option that nobody would read. */
export function refuseUnknownOptions(table: Table): void {
  for (const name of Object.keys(table.options ?? {})) {
    if (!known.test(name))
      throw refuse(table, undefined, `there is no table option ${name}`, 'leave it out for sqlite');
  }
}

export function isOn(table: Table, option: TableOption): boolean {
  return table.options?.[option] === true;
}

export function isOff(table: Table, option: TableOption): boolean {
  return table.options?.[option] === false;
}

/** Does SQLite know the check of this name by no name? */
export function isUnnamed({ options }: Pick<Table, 'options'>, check: string): boolean {
  return options?.[`unnamed ${check}`] === true;
}

const conflictWords: ReadonlySet<unknown> = new Set(['rollback', 'abort', 'fail', 'ignore', 'replace']);

/** The conflict clause of a constraint with its leading blank, or nothing. */
export function conflictText(table: Table, constraint: string): string {
  const word = table.options?.[`conflict ${constraint}`];
  if (word === undefined) return '';
  if (conflictWords.has(word)) return ` on conflict ${word}`;
  throw refuse(table, undefined, `${constraint} has no conflict clause ${word}`, 'use one of sqlite’s five words');
}

/** The SQL of a constraint's key where it was written with an order or a collation. */
export function keyOption(table: Table, constraint: string): string | undefined {
  const text = table.options?.[`key ${constraint}`];
  return text === undefined ? undefined : String(text);
}
