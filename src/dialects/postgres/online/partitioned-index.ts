import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { qualified } from '../text.ts';
import { createIndexText, indexName, type IndexText } from './index-text.ts';
import { begins, builds, plainly } from './step.ts';

/** A partition and the name that its part of an index gets. */
export interface PartitionIndex {
  readonly table: ObjectName;
  readonly index: string;
  /** Partitions of the partition, when it has some itself. */
  readonly partitions: readonly PartitionIndex[];
}

/**
 * Makes an index on a partitioned table. `online` makes it on the table alone, builds each partition's index while others
 * write, and attaches it; with the last one the whole becomes valid.
 */
export function createPartitionedIndex(
  index: IndexText,
  partitions: readonly PartitionIndex[],
  safe: Safety,
): readonly DefinitionStatement[] {
  if (safe === 'plain') return [plainly(createIndexText(index))];
  return [begins(createIndexText(index, 'only')), ...partitions.flatMap((partition) => addPart(index, partition))];
}

function addPart(whole: IndexText, { table, index, partitions }: PartitionIndex): readonly DefinitionStatement[] {
  const part = { ...whole, table, name: index };
  return [
    ...(partitions.length === 0
      ? [builds(createIndexText(part, 'concurrently'), indexName(part))]
      : createPartitionedIndex(part, partitions, 'online')),
    attachIndex(indexName(whole), indexName(part)),
  ];
}

/** Makes an index of a partition a part of the whole table's. Doing it again changes nothing. */
export function attachIndex(whole: ObjectName, part: ObjectName): DefinitionStatement {
  return begins(`alter index ${qualified(whole)} attach partition ${qualified(part)}`);
}
