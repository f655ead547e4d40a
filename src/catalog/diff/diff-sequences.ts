import type { Change } from '../change/change.ts';
import { findTable, type Catalog } from '../model/catalog.ts';
import type { Sequence } from '../model/sequence.ts';
import { findColumn } from '../model/table.ts';
import { compareObjects, nameOf } from './members.ts';

/** What differs in sequences, by when it happens around the tables. */
export interface SequenceDiff {
  /** Before columns use them. */
  readonly before: readonly Change[];
  /** Before the columns go that own them: an engine drops a sequence with its owner. */
  readonly released: readonly Change[];
  /** Once the columns are there that own them. */
  readonly owned: readonly Change[];
  readonly drops: readonly Change[];
}

/**
 * The changes of sequences. One that goes together with the column that owns it is released first: an engine that drops
 * it with the column would leave nothing to drop.
 */
export function diffSequences(from: Catalog, to: Catalog): SequenceDiff {
  const { gone, fresh, changed } = compareObjects(from.sequences, to.sequences);
  const waiting = fresh.filter((sequence) => isOwnedByNew(sequence, from));
  const later = changed.filter(({ after }) => isOwnedByNew(after, from));
  const isLater = (sequence: Sequence): boolean => later.some(({ after }) => after === sequence);
  return {
    before: [
      ...fresh.map((sequence): Change => ({
        kind: 'create-sequence',
        sequence: waiting.includes(sequence) ? withoutOwner(sequence) : sequence,
      })),
      ...changed
        .filter(({ before, after }) => !isLater(after) && !losesOwner(before, to))
        .map(({ after }): Change => ({ kind: 'alter-sequence', sequence: after })),
    ],
    released: [
      ...gone.filter((sequence) => losesOwner(sequence, to)).map(withoutOwner),
      ...changed
        .filter(({ before }) => losesOwner(before, to))
        .map(({ after }) => (isLater(after) ? withoutOwner(after) : after)),
    ].map((sequence): Change => ({ kind: 'alter-sequence', sequence })),
    owned: [...waiting, ...later.map(({ after }) => after)].map((sequence): Change => ({
      kind: 'alter-sequence',
      sequence,
    })),
    drops: gone.map((sequence): Change => ({ kind: 'drop-sequence', sequence: nameOf(sequence) })),
  };
}

function isOwnedByNew({ ownedBy }: Sequence, from: Catalog): boolean {
  return ownedBy !== undefined && !hasColumn(from, ownedBy);
}

function losesOwner({ ownedBy }: Sequence, to: Catalog): boolean {
  return ownedBy !== undefined && !hasColumn(to, ownedBy);
}

function hasColumn(catalog: Catalog, { table, column }: NonNullable<Sequence['ownedBy']>): boolean {
  const found = findTable(catalog, table);
  return found !== undefined && findColumn(found, column) !== undefined;
}

function withoutOwner(sequence: Sequence): Sequence {
  const { ownedBy: _, ...free } = sequence;
  return free;
}
