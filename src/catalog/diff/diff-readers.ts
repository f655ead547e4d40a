import type { Change } from '../change/change.ts';
import type { Catalog } from '../model/catalog.ts';
import type { View } from '../model/view.ts';
import { changedColumns } from './column-effects.ts';
import {
  createReader,
  dropReader,
  isTied,
  readersOf,
  readsColumns,
  sameReader,
  withNeeding,
  type Reader,
} from './reader.ts';
import { same } from './same.ts';

/** What differs in views and in what is kept as SQL, by when it happens around the tables. */
export interface ReaderDiff {
  readonly drops: readonly Change[];
  readonly makes: readonly Change[];
}

/**
 * The changes of what reads tables. What reads a column that goes or changes its type, or something that is replaced, is
 * dropped before and made again after.
 */
export function diffReaders(from: Catalog, to: Catalog): ReaderDiff {
  const before = readersOf(from);
  const after = readersOf(to);
  const dropped = droppedReaders(before, after, from, to);
  return {
    drops: before
      .filter((reader) => dropped.has(reader))
      .toReversed()
      .map(dropReader),
    makes: after.flatMap((reader): readonly Change[] => {
      const old = before.find((other) => sameReader(other, reader));
      if (old === undefined || dropped.has(old)) return [createReader(reader)];
      return same(old, reader) ? [] : [alterReader(reader)];
    }),
  };
}

function droppedReaders(
  before: readonly Reader[],
  after: readonly Reader[],
  from: Catalog,
  to: Catalog,
): ReadonlySet<Reader> {
  const changes = changedColumns(from, to);
  const next = (reader: Reader): Reader | undefined => after.find((other) => sameReader(other, reader));
  const dropped = new Set(
    before.filter(
      (reader) =>
        next(reader) === undefined || (isTied(reader) && changes.some((change) => readsColumns(reader, change))),
    ),
  );
  const replaced = before.filter((reader) => dropped.has(reader) || isMadeAnew(reader, next(reader)));
  return new Set(withNeeding(before, replaced).filter((reader) => dropped.has(reader) || !replaced.includes(reader)));
}

/** Does the change from one state to the next take the old object away, so that nothing may stand on it meanwhile? */
function isMadeAnew(reader: Reader, next: Reader | undefined): boolean {
  if (next === undefined || same(reader, next)) return false;
  if (reader.kind === 'raw') return next.kind === 'raw' && next.object.replace === undefined;
  return next.kind === 'view' && !isReplaceable(reader.view, next.view);
}

/** A view is replaced in its place when its columns stay, and new ones come last. */
function isReplaceable(before: View, after: View): boolean {
  const kept = after.columns.slice(0, before.columns.length);
  return before.materialized === after.materialized && !after.materialized && same(kept, before.columns);
}

function alterReader(reader: Reader): Change {
  return reader.kind === 'view'
    ? { kind: 'alter-view', view: reader.view }
    : { kind: 'alter-raw', object: reader.object };
}
