import { sortByName, type Catalog } from '../model/catalog.ts';
import { displayName, sameName, type ObjectName } from '../model/object-name.ts';
import { isAlteration } from './alteration.ts';
import { applyAlteration } from './apply-alteration.ts';
import type { Change } from './change.ts';
import { alreadyThere, notThere } from './change-errors.ts';
import { sameRaw } from './same-raw.ts';
import { effectOfTransition } from './effect-of-transition.ts';
import { isTransition, type Transition } from './transition.ts';
import { applyToTable, isTableChange } from './table-change.ts';

/**
 * The catalog after `change`. Throws `CHANGE_INVALID` when the change does not fit: what it makes is there already, or
 * what it touches is not.
 *
 * @example
 * ```ts
 * const catalog = revision.up.reduce((before, change) => applyChange(change, before), emptyCatalog);
 * ```
 */
export function applyChange(change: Change, catalog: Catalog): Catalog {
  if (isAlteration(change)) return applyAlteration(change, catalog);
  if (isTransition(change)) return applyTransition(change, catalog);
  if (isTableChange(change)) return { ...catalog, tables: applyToTable(change, catalog.tables) };
  switch (change.kind) {
    case 'create-namespace':
      if (catalog.namespaces.includes(change.name)) throw alreadyThere('namespace', change.name);
      return { ...catalog, namespaces: [...catalog.namespaces, change.name].toSorted() };
    case 'drop-namespace':
      if (!catalog.namespaces.includes(change.name)) throw notThere('namespace', change.name);
      return { ...catalog, namespaces: catalog.namespaces.filter((name) => name !== change.name) };
    case 'create-enum':
      return { ...catalog, enums: sortByName(add('enum', catalog.enums, change.enum)) };
    case 'drop-enum':
      return { ...catalog, enums: remove('enum', catalog.enums, change.enum) };
    case 'create-sequence':
      return { ...catalog, sequences: sortByName(add('sequence', catalog.sequences, change.sequence)) };
    case 'drop-sequence':
      return { ...catalog, sequences: remove('sequence', catalog.sequences, change.sequence) };
    case 'create-table':
      return { ...catalog, tables: sortByName(add('table', catalog.tables, change.table)) };
    case 'drop-table':
      return { ...catalog, tables: remove('table', catalog.tables, change.table) };
    case 'create-view':
      return { ...catalog, views: add('view', catalog.views, change.view) };
    case 'drop-view':
      return { ...catalog, views: remove('view', catalog.views, change.view) };
    case 'create-raw':
      if (catalog.raw.some((object) => sameRaw(object, change.object)))
        throw alreadyThere(change.object.type, displayName(change.object));
      return { ...catalog, raw: [...catalog.raw, change.object] };
    case 'drop-raw':
      if (!catalog.raw.some((object) => sameRaw(object, change.object)))
        throw notThere(change.object.type, displayName(change.object));
      return { ...catalog, raw: catalog.raw.filter((object) => !sameRaw(object, change.object)) };
    case 'raw-sql':
      return catalog;
  }
}

function applyTransition(change: Transition, catalog: Catalog): Catalog {
  const effect = effectOfTransition(change);
  return effect === undefined ? catalog : applyChange(effect, catalog);
}

/** The catalog after all of them, in order. */
export function applyChanges(changes: readonly Change[], catalog: Catalog): Catalog {
  return changes.reduce((before, change) => applyChange(change, before), catalog);
}

function add<T extends ObjectName>(kind: string, objects: readonly T[], added: T): readonly T[] {
  if (objects.some((object) => sameName(object, added))) throw alreadyThere(kind, displayName(added));
  return [...objects, added];
}

function remove<T extends ObjectName>(kind: string, objects: readonly T[], removed: ObjectName): readonly T[] {
  if (!objects.some((object) => sameName(object, removed))) throw notThere(kind, displayName(removed));
  return objects.filter((object) => !sameName(object, removed));
}
