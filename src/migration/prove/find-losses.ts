import { applyChange } from '../../catalog/change/apply.ts';
import type { Change } from '../../catalog/change/change.ts';
import { findTable, type Catalog } from '../../catalog/model/catalog.ts';
import { displayName, type ObjectName } from '../../catalog/model/object-name.ts';
import { findColumn } from '../../catalog/model/table.ts';
import { canonicalJson } from '../../catalog/snapshot/canonical-json.ts';

/** What of the rows before a revision its way down cannot give back, under the names from before. */
export interface Losses {
  /** Tables that were dropped with their rows. */
  readonly tables: ReadonlySet<string>;
  /** `table.column`: dropped, given another type, or filled in. */
  readonly columns: ReadonlySet<string>;
  /** SQL by hand may write to any row. */
  readonly anything: boolean;
}

/** Follows the changes of a revision, through its renames, for what they drop, convert or write over. */
export function findLosses(changes: readonly Change[], before: Catalog): Losses {
  const names = new FirstNames();
  const tables = new Set<string>();
  const columns = new Set<string>();
  let catalog = before;
  for (const change of changes) {
    if (change.kind === 'drop-table') tables.add(names.ofTable(change.table));
    if (change.kind === 'rename-table') names.renameTable(change.table, { ...change.table, name: change.to });
    if (change.kind === 'move-object' && change.of === 'table') names.renameTable(change.object, change.to);
    if (change.kind === 'rename-column') names.renameColumn(change.table, change.column, change.to);
    for (const column of writtenColumns(change, catalog)) columns.add(names.ofColumn(column.table, column.name));
    catalog = applyChange(change, catalog);
  }
  return { tables, columns, anything: changes.some(({ kind }) => kind === 'raw-sql' || kind.endsWith('-raw')) };
}

interface WrittenColumn {
  readonly table: ObjectName;
  readonly name: string;
}

/** The columns whose values a change does away with, converts or writes. */
function writtenColumns(change: Change, catalog: Catalog): readonly WrittenColumn[] {
  if (change.kind === 'drop-column') return [{ table: change.table, name: change.column }];
  if (change.kind === 'backfill') return Object.keys(change.set).map((name) => ({ table: change.table, name }));
  if (change.kind !== 'alter-column') return [];
  const { table, column } = change;
  const old = findTable(catalog, table);
  const before = old === undefined ? undefined : findColumn(old, column.name);
  const keepsValues =
    canonicalJson(before?.type) === canonicalJson(column.type) &&
    canonicalJson(before?.generated) === canonicalJson(column.generated);
  return keepsValues ? [] : [{ table, name: column.name }];
}

/** What things were called before the first change. */
class FirstNames {
  readonly #tables = new Map<string, string>();
  readonly #columns = new Map<string, string>();

  ofTable(table: ObjectName): string {
    const now = displayName(table);
    return this.#tables.get(now) ?? now;
  }

  ofColumn(table: ObjectName, name: string): string {
    const first = this.ofTable(table);
    return `${first}.${this.#columns.get(`${first}.${name}`) ?? name}`;
  }

  renameTable(table: ObjectName, to: ObjectName): void {
    this.#tables.set(displayName(to), this.ofTable(table));
  }

  renameColumn(table: ObjectName, from: string, to: string): void {
    const first = this.ofTable(table);
    this.#columns.set(`${first}.${to}`, this.#columns.get(`${first}.${from}`) ?? from);
  }
}
