import type { Change } from '../../../src/catalog/change/change.ts';
import type { Rename } from '../../../src/catalog/diff/rename.ts';
import { findEnum, findTable, type Catalog } from '../../../src/catalog/model/catalog.ts';

/**
 * The renames of tables, columns, enums, their values, sequences and views that the changes amount to, as a schema
 * declares them: each thing with its first name and its last. No name is given twice, so a name alone tells the thing.
 */
export function declaredRenames(changes: readonly Change[], from: Catalog, to: Catalog): readonly Rename[] {
  const before = firstNames(changes);
  const first = (name: string): string => before.get(name) ?? name;
  const renamed = <T extends { readonly name: string }>(objects: readonly T[]): readonly T[] =>
    objects.filter(({ name }) => first(name) !== name);
  const old = <T extends { readonly namespace?: string; readonly name: string }>({ namespace, name }: T) =>
    namespace === undefined ? { name: first(name) } : { namespace, name: first(name) };
  return [
    ...renamed(to.tables).map((table): Rename => ({ kind: 'rename-table', table: old(table), to: table.name })),
    ...renamed(to.enums).map((type): Rename => ({ kind: 'rename-enum', enum: old(type), to: type.name })),
    ...renamed(to.sequences).map((one): Rename => ({ kind: 'rename-sequence', sequence: old(one), to: one.name })),
    ...renamed(to.views).map((view): Rename => ({ kind: 'rename-view', view: old(view), to: view.name })),
    ...to.tables
      .filter((table) => findTable(from, old(table)) !== undefined)
      .flatMap(({ columns, ...table }) =>
        renamed(columns).map(({ name }): Rename => ({ kind: 'rename-column', table, column: first(name), to: name })),
      ),
    ...to.enums
      .filter((type) => findEnum(from, old(type)) !== undefined)
      .flatMap(({ values, ...type }) =>
        values
          .filter((value) => first(value) !== value)
          .map((value): Rename => ({ kind: 'rename-enum-value', enum: type, value: first(value), to: value })),
      ),
  ];
}

/** What was called so before the changes, by its name after them. */
function firstNames(changes: readonly Change[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const change of changes) {
    const old = oldName(change);
    if (old !== undefined && 'to' in change && typeof change.to === 'string')
      first.set(change.to, first.get(old) ?? old);
  }
  return first;
}

function oldName(change: Change): string | undefined {
  if (change.kind === 'rename-table') return change.table.name;
  if (change.kind === 'rename-column') return change.column;
  if (change.kind === 'rename-enum') return change.enum.name;
  if (change.kind === 'rename-enum-value') return change.value;
  if (change.kind === 'rename-sequence') return change.sequence.name;
  return change.kind === 'rename-view' ? change.view.name : undefined;
}
