import type { InterimTable } from './interim-table.ts';
import { tableChanges } from './table-changes.ts';
import type { TableShape } from './table-shape.ts';

/** The servers make one index of words at a time where they do not copy the table: the others come after it. */
export function withOneWordIndex(from: TableShape, to: TableShape): InterimTable | undefined {
  const { added, changed, recreated } = tableChanges(from, to).indexes;
  const made = [...added, ...[...changed, ...recreated].map(([, after]) => after)];
  const [, ...later] = made.filter(({ method }) => method === 'FULLTEXT KEY');
  if (later.length === 0) return undefined;
  return { table: { ...to, indexes: to.indexes.filter((index) => !later.includes(index)) }, steps: [] };
}

/** The server does nothing where an index of words is made again in the same statement and only its parser differs. */
export function withoutOldParser(from: TableShape, to: TableShape): InterimTable | undefined {
  const parted = tableChanges(from, to).indexes.changed.filter(
    ([before, after]) =>
      before.method === 'FULLTEXT KEY' && before.columns === after.columns && before.options !== after.options,
  );
  if (parted.length === 0) return undefined;
  const indexes = from.indexes.filter((index) => parted.every(([before]) => before !== index));
  return { table: { ...from, indexes }, steps: [] };
}

/** Next to another engine this option is not taken back. */
export function withItsChecksum(from: TableShape, to: TableShape): InterimTable | undefined {
  const checksum = from.frame.options['PAGE_CHECKSUM'];
  const isTakenBack = checksum !== undefined && to.frame.options['PAGE_CHECKSUM'] === undefined;
  if (!isTakenBack || from.frame.options['ENGINE'] === to.frame.options['ENGINE']) return undefined;
  const options = { ...to.frame.options, PAGE_CHECKSUM: checksum };
  return { table: { ...to, frame: { ...to.frame, options } }, steps: [] };
}
