import { splitList } from './scan.ts';
import type { TableShape } from './table-shape.ts';

/** How the partitions of a table come to be those of another state. */
export type PartitionChange =
  | { readonly kind: 'none' }
  /** New partitions behind the ones that are there: a statement of its own, and no row moves. */
  | { readonly kind: 'append'; readonly clause: string }
  /** All rows are put in their places anew; one that has none stops it. */
  | { readonly kind: 'rewrite'; readonly clause: string };

/** A partition that goes is never dropped with its rows: they move to the others, or the server refuses. */
export function partitionChange(from: TableShape, to: TableShape): PartitionChange {
  const [before, after] = [from.frame.partitioning, to.frame.partitioning];
  if (before === after) return { kind: 'none' };
  if (after === '') return { kind: 'rewrite', clause: 'remove partitioning' };
  const [old, wanted] = [parsePartitions(before), parsePartitions(after)];
  const isPrefix = old.list.length > 0 && old.list.every((partition, place) => partition === wanted.list[place]);
  if (old.by === wanted.by && isPrefix && wanted.list.length > old.list.length)
    return { kind: 'append', clause: `add partition (${wanted.list.slice(old.list.length).join(', ')})` };
  return { kind: 'rewrite', clause: clauseText(after) };
}

interface Partitions {
  readonly by: string;
  readonly list: readonly string[];
}

function parsePartitions(text: string): Partitions {
  const clause = clauseText(text);
  const list = clause.indexOf('\n(PARTITION ');
  if (list === -1) return { by: clause, list: [] };
  return {
    by: clause.slice(0, list),
    list: splitList(clause.slice(list + 2, -1)).map((partition) => partition.trim()),
  };
}

/** The clause without the comment around it that hides it from other servers. */
function clauseText(text: string): string {
  return text.trim().replace(/^\/\*!\d+ (.*?)\s*\*\/$/s, '$1');
}
