import { emptyCatalog, sortByName, type Catalog } from '../model/catalog.ts';
import { nameKey, type ObjectName } from '../model/object-name.ts';
import type { Table } from '../model/table.ts';
import { applyChange } from './apply.ts';
import type { Change } from './change.ts';

/**
 * A catalog that many changes are applied to, one after another. It keeps its tables by name meanwhile, so that what a
 * change costs does not grow with the tables beside the one that it is about.
 */
export class CatalogDraft {
  private rest: Catalog;
  private tables: Map<string, Table>;
  private hasNew = false;

  constructor(start: Catalog) {
    this.rest = start;
    this.tables = byName(start);
  }

  /** Applies a change. Throws as `applyChange` does, and is then as it was before. */
  apply(change: Change): void {
    const name = onlyTable(change);
    if (name === undefined) this.startFrom(applyChange(change, this.catalog()));
    else this.applyInside(change, nameKey(name));
  }

  /** The catalog after the changes so far. */
  catalog(): Catalog {
    const tables = [...this.tables.values()];
    return { ...this.rest, tables: this.hasNew ? sortByName(tables) : tables };
  }

  private startFrom(catalog: Catalog): void {
    this.rest = catalog;
    this.tables = byName(catalog);
    this.hasNew = false;
  }

  /** The rules of one table are those of a catalog that has no other. */
  private applyInside(change: Change, key: string): void {
    const before = this.tables.get(key);
    const [after] = applyChange(change, { ...emptyCatalog, tables: before === undefined ? [] : [before] }).tables;
    if (after === undefined) this.tables.delete(key);
    else this.tables.set(key, after);
    this.hasNew ||= before === undefined;
  }
}

function byName({ tables }: Catalog): Map<string, Table> {
  return new Map(tables.map((table) => [nameKey(table), table]));
}

/** The table that a change is about, where nothing else in the catalog has a say in it or follows it. */
function onlyTable(change: Change): ObjectName | undefined {
  switch (change.kind) {
    case 'create-table':
    case 'drop-table':
    case 'add-column':
    case 'drop-column':
    case 'alter-column':
    case 'set-primary-key':
    case 'add-unique':
    case 'drop-unique':
    case 'alter-unique':
    case 'add-check':
    case 'drop-check':
    case 'alter-check':
    case 'add-foreign-key':
    case 'drop-foreign-key':
    case 'alter-foreign-key':
    case 'create-index':
    case 'drop-index':
    case 'alter-index':
    case 'rename-index':
    case 'rename-constraint':
    case 'set-table-comment':
    case 'set-table-options':
    case 'park-column':
    case 'park-table':
    case 'restore-column':
    case 'restore-table':
      return change.table;
    case 'create-namespace':
    case 'drop-namespace':
    case 'create-enum':
    case 'drop-enum':
    case 'alter-enum':
    case 'rename-enum':
    case 'rename-enum-value':
    case 'create-sequence':
    case 'drop-sequence':
    case 'alter-sequence':
    case 'rename-sequence':
    case 'create-view':
    case 'drop-view':
    case 'alter-view':
    case 'rename-view':
    case 'move-object':
    case 'create-raw':
    case 'drop-raw':
    case 'alter-raw':
    case 'raw-sql':
    case 'rename-table':
    case 'rename-column':
    case 'keep-in-step':
    case 'stop-in-step':
    case 'alias-table':
    case 'drop-alias':
    case 'backfill':
    case 'keep-values':
      return undefined;
  }
}
