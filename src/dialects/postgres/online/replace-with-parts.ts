import type { ObjectName } from '../../../catalog/model/object-name.ts';
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
  return [
    ...making(indexName({ table, name: next }), createIndex({ ...index, name: next }, 'plain', options)),
    ...dropWithParts(table, `drop index ${qualified(indexName(index))}`),
    takeName(indexName({ table, name: next }), name),
  ];
}

/** The same for a unique constraint: one of the two is in force at every moment. */
export function replaceUniqueWithParts(key: KeyText, options: StepOptions): readonly DefinitionStatement[] {
  const { table, name } = key;
  const next = temporaryName(name, 'new', qualified(table), JSON.stringify(key));
  return [
    ...making(indexName({ table, name: next }), addKey({ ...key, name: next }, 'plain', options)),
    ...dropWithParts(table, `alter table ${qualified(table)} drop constraint ${postgresText.name(name)}`),
    takeName(indexName({ table, name: next }), name),
  ];
}

/** What takes the name away from it finds it there. */
function making(index: ObjectName, statements: readonly DefinitionStatement[]): readonly DefinitionStatement[] {
  const done = { question: 'exists', object: { kind: 'index', ...index } } as const;
  return statements.map((statement) => ({ ...statement, done }));
}

/** A constraint has the name of its index. */
function takeName(index: ObjectName, name: string): DefinitionStatement {
  return joins(`alter index ${qualified(index)} rename to ${newName(name)}`, { usesUp: index });
}
