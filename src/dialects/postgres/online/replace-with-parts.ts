import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { newName, postgresText, qualified } from '../text.ts';
import { createIndex } from './create-index.ts';
import { dropWithParts } from './drop.ts';
import { indexName, type IndexText } from './index-text.ts';
import { addKey, type KeyText } from './key.ts';
import { joins, type StepOptions } from './step.ts';
import { temporaryName } from './temporary-name.ts';

/** Gives an index of a partitioned table another definition. The old one is in use until all parts of the new one are there. */
export function replaceIndexWithParts(index: IndexText, options: StepOptions): readonly DefinitionStatement[] {
  const { table, name, unique, body } = index;
  const next = temporaryName(name, 'new', qualified(table), String(unique), body);
  const drop = `drop index ${qualified(indexName(index))}`;
  return replaceWithParts(index, next, createIndex({ ...index, name: next }, 'plain', options), drop);
}

/** The same for a unique constraint: one of the two is in force at every moment. */
export function replaceUniqueWithParts(key: KeyText, options: StepOptions): readonly DefinitionStatement[] {
  const { table, name } = key;
  const next = temporaryName(name, 'new', qualified(table), JSON.stringify(key));
  const drop = `alter table ${qualified(table)} drop constraint ${postgresText.name(name)}`;
  return replaceWithParts(key, next, addKey({ ...key, name: next }, 'plain', options), drop);
}

/** What takes the name away from the new one finds it there. A constraint has the name of its index. */
function replaceWithParts(
  { table, name }: Pick<IndexText, 'table' | 'name'>,
  next: string,
  make: readonly DefinitionStatement[],
  drop: string,
): readonly DefinitionStatement[] {
  const index = indexName({ table, name: next });
  const done = { question: 'exists', object: { kind: 'index', ...index } } as const;
  return [
    ...make.map((statement) => ({ ...statement, done })),
    ...dropWithParts(table, drop),
    joins(`alter index ${qualified(index)} rename to ${newName(name)}`, { usesUp: index }),
  ];
}
