import type { Catalog } from '../model/catalog.ts';
import { sameName } from '../model/object-name.ts';
import { isTied, readerName, readersOf, readsColumns, speaksOf, withNeeding, type Reader } from './reader.ts';
import type { Rename } from './rename.ts';
import type { ResolvedRenames } from './resolve-renames.ts';

/**
 * The readers that cannot live through the renames: their text would still say an old name, or what they return would
 * keep one. They are dropped before and made again after, so that the way back finds each text beside the names in it.
 */
export function staleReaders(from: Catalog, { changes, catalog }: ResolvedRenames): readonly Reader[] {
  if (changes.length === 0) return [];
  const followed = readersOf(catalog);
  const before = readersOf(from);
  const stale = before.filter((reader) => {
    const name = changes.reduce(renamedReader, readerName(reader).name);
    const after = followed.find((other) => other.kind === reader.kind && readerName(other).name === name);
    return isTied(reader) && changes.some((rename) => outlives(after ?? reader, rename));
  });
  return withNeeding(before, stale);
}

function renamedReader(name: string, rename: Rename): string {
  return rename.kind === 'rename-view' && rename.view.name === name ? rename.to : name;
}

/** Does the old name outlive its rename in the reader? */
function outlives(reader: Reader, rename: Rename): boolean {
  switch (rename.kind) {
    case 'rename-table':
      return speaksOf(reader, rename.table.name);
    case 'rename-view':
      return speaksOf(reader, rename.view.name) && readerName(reader).name !== rename.to;
    case 'move-object':
      return rename.of === 'table' || rename.of === 'view'
        ? speaksOf(reader, rename.object.name) && !sameName(readerName(reader), rename.to)
        : false;
    case 'rename-column':
      return (
        readsColumns(reader, { table: rename.table, columns: undefined }) &&
        (speaksOf(reader, rename.column) || returns(reader, rename))
      );
    case 'rename-index':
    case 'rename-constraint':
    case 'rename-enum':
    case 'rename-enum-value':
    case 'rename-sequence':
      return false;
  }
}

/** A view goes on to call what it returns by the old name, unless it is made again. */
function returns(reader: Reader, { column, to }: Extract<Rename, { kind: 'rename-column' }>): boolean {
  return reader.kind === 'view' && speaksOf(reader, to) && reader.view.columns.some(({ name }) => name === column);
}
