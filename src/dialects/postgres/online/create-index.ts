import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { newName, qualified } from '../text.ts';
import { createIndexText, indexName, type IndexText } from './index-text.ts';
import { begins, builds, clears, joins, plainly, reading, type StepOptions } from './step.ts';
import { temporaryName } from './temporary-name.ts';

/** Makes an index; `online` builds it while others write. Not for a partitioned table: see `createPartitionedIndex`. */
export function createIndex(index: IndexText, safe: Safety, options: StepOptions = {}): readonly DefinitionStatement[] {
  if (safe === 'plain') return [plainly(createIndexText(index), { ...reading(index.table), ...options })];
  return [builds(createIndexText(index, 'concurrently'), indexName(index), options)];
}

/** Drops an index that no constraint stands on. An index of a partitioned table can only be dropped plainly. */
export function dropIndex(index: ObjectName, safe: Safety): readonly DefinitionStatement[] {
  if (safe === 'plain') return [plainly(`drop index ${qualified(index)}`)];
  return [clears(`drop index concurrently if exists ${qualified(index)}`)];
}

/** Gives an index another definition. `online` keeps the old one in use until the new one is: the name is never missing. */
export function replaceIndex(
  index: IndexText,
  safe: Safety,
  options: StepOptions = {},
): readonly DefinitionStatement[] {
  const name = indexName(index);
  if (safe === 'plain')
    return [
      plainly(`drop index ${qualified(name)}`),
      plainly(createIndexText(index), { ...reading(index.table), ...options }),
    ];
  const parts = [qualified(index.table), String(index.unique), index.body];
  const next = { ...index, name: temporaryName(index.name, 'new', ...parts) };
  const last = { ...name, name: temporaryName(index.name, 'old', ...parts) };
  return [
    builds(createIndexText(next, 'concurrently'), indexName(next), options),
    begins(`alter index ${qualified(name)} rename to ${newName(last.name)}`),
    joins(`alter index ${qualified(indexName(next))} rename to ${newName(index.name)}`, { usesUp: indexName(next) }),
    clears(`drop index concurrently if exists ${qualified(last)}`),
  ];
}
