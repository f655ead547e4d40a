import type { Catalog } from '../model/catalog.ts';
import { memberBefore, objectBefore } from './find-before.ts';
import type { Transition } from './transition.ts';

/** The transition that undoes another one, given the catalog before it. Values that a backfill wrote stay. */
export function invertTransition(change: Transition, before: Catalog): Transition {
  switch (change.kind) {
    case 'park-column':
      return {
        kind: 'restore-column',
        table: change.table,
        column: memberBefore(before, change.table, 'columns', change.column),
        ...markOf(change),
      };
    case 'park-table':
      return { kind: 'restore-table', table: objectBefore(before.tables, change.table), ...markOf(change) };
    case 'restore-column':
      return { kind: 'park-column', table: change.table, column: change.column.name, ...markOf(change) };
    case 'restore-table': {
      const { namespace, name } = change.table;
      return { kind: 'park-table', table: namespace === undefined ? { name } : { namespace, name }, ...markOf(change) };
    }
    case 'keep-in-step':
      return { ...change, kind: 'stop-in-step' };
    case 'stop-in-step':
      return { ...change, kind: 'keep-in-step' };
    case 'alias-table':
      return { ...change, kind: 'drop-alias' };
    case 'drop-alias':
      return { ...change, kind: 'alias-table' };
    case 'backfill': {
      const { kind: _, ...backfill } = change;
      return { kind: 'keep-values', backfill };
    }
    case 'keep-values':
      return { kind: 'backfill', ...change.backfill };
  }
}

function markOf({ mark }: { readonly mark?: string }): { readonly mark?: string } {
  return mark === undefined ? {} : { mark };
}
