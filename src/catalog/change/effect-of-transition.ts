import type { Change } from './change.ts';
import type { Transition } from './transition.ts';

/** The change of the catalog that a transition amounts to; undefined where it leaves the catalog as it is. */
export function effectOfTransition(change: Transition): Change | undefined {
  switch (change.kind) {
    case 'park-column':
      return { kind: 'drop-column', table: change.table, column: change.column };
    case 'park-table':
      return { kind: 'drop-table', table: change.table };
    case 'restore-column':
      return { kind: 'add-column', table: change.table, column: change.column };
    case 'restore-table':
      return { kind: 'create-table', table: change.table };
    case 'keep-in-step':
    case 'stop-in-step':
    case 'alias-table':
    case 'drop-alias':
    case 'backfill':
    case 'keep-values':
      return undefined;
  }
}
