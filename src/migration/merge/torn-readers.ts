import type { Change } from '../../catalog/change/change.ts';
import type { ChangedColumns } from '../../catalog/diff/column-effects.ts';
import { readsColumns, type Reader } from '../../catalog/diff/reader.ts';

/**
 * Does one of two branches make a view, or something kept as SQL, that reads what the other one renames or takes away?
 * The catalog does not tell: its text says the old name, whichever branch came first.
 */
export function tearsReaders(ours: readonly Change[], theirs: readonly Change[]): boolean {
  return readsWhatGoes(ours, theirs) || readsWhatGoes(theirs, ours);
}

function readsWhatGoes(making: readonly Change[], taking: readonly Change[]): boolean {
  const gone = taking.flatMap(goneWith);
  return making.flatMap(madeBy).some((reader) => gone.some((columns) => readsColumns(reader, columns)));
}

function madeBy(change: Change): readonly Reader[] {
  if (change.kind === 'create-view' || change.kind === 'alter-view') return [{ kind: 'view', view: change.view }];
  if (change.kind === 'create-raw' || change.kind === 'alter-raw') return [{ kind: 'raw', object: change.object }];
  return [];
}

/** The columns whose names mean nothing any more; absent, those of the whole table. */
function goneWith(change: Change): readonly ChangedColumns[] {
  if ('column' in change && typeof change.column === 'string') {
    return [{ table: change.table, columns: [change.column] }];
  }
  if (change.kind === 'move-object') return change.of === 'table' ? [{ table: change.object, columns: undefined }] : [];
  const goes = change.kind === 'rename-table' || change.kind === 'drop-table' || change.kind === 'park-table';
  return goes ? [{ table: change.table, columns: undefined }] : [];
}
