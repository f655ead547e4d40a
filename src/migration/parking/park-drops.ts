import { applyChange } from '../../catalog/change/apply.ts';
import type { Change } from '../../catalog/change/change.ts';
import { findTable, type Catalog } from '../../catalog/model/catalog.ts';
import type { Column } from '../../catalog/model/column.ts';
import { sameName, type ObjectName } from '../../catalog/model/object-name.ts';
import { findColumn } from '../../catalog/model/table.ts';

/**
 * The changes with every drop of a table or column turned into parking it, so that a downgrade brings the rows back.
 * Enums and sequences that a parked column needs stay, and the namespaces that these are in. A generated column has no
 * values of its own, and goes. `before` is the catalog that the changes are made for.
 */
export function parkDrops(changes: readonly Change[], before: Catalog): readonly Change[] {
  const kept: Column[] = [];
  let catalog = before;
  const parked = changes.map((change) => {
    const columns = columnsToKeep(change, catalog);
    kept.push(...columns);
    catalog = applyChange(change, catalog);
    return columns.length === 0 ? change : parkDrop(change);
  });
  const needed = [
    ...before.enums.filter((type) => kept.some((column) => isOfType(column, type))),
    ...before.sequences.filter((sequence) => kept.some((column) => isNumberedBy(column, sequence))),
  ];
  return parked.filter((change) => !removesNeeded(change, needed));
}

function parkDrop(change: Change): Change {
  if (change.kind === 'drop-table') return { kind: 'park-table', table: change.table };
  return change.kind === 'drop-column' ? { kind: 'park-column', table: change.table, column: change.column } : change;
}

/** The columns whose values a change would lose. */
function columnsToKeep(change: Change, catalog: Catalog): readonly Column[] {
  if (change.kind === 'drop-table') return findTable(catalog, change.table)?.columns ?? [];
  if (change.kind !== 'drop-column') return [];
  const table = findTable(catalog, change.table);
  const column = table && findColumn(table, change.column);
  return column === undefined || column.generated !== undefined ? [] : [column];
}

function removesNeeded(change: Change, needed: readonly ObjectName[]): boolean {
  if (change.kind === 'drop-enum') return needed.some((object) => sameName(object, change.enum));
  if (change.kind === 'drop-sequence') return needed.some((object) => sameName(object, change.sequence));
  return change.kind === 'drop-namespace' && needed.some(({ namespace }) => namespace === change.name);
}

/** Looked for in the whole type: an array may be of an enum. */
function isOfType({ type }: Column, { namespace, name }: ObjectName): boolean {
  const holds = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const found = value as Partial<Record<string, unknown>>;
    const isIt = found['kind'] === 'enum' && found['name'] === name && found['namespace'] === namespace;
    return isIt || Object.values(found).some(holds);
  };
  return holds(type);
}

function isNumberedBy({ default: value }: Column, { name }: ObjectName): boolean {
  return value?.kind === 'expression' && JSON.stringify(value.expression).includes(name);
}
