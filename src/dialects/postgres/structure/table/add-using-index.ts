import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { createIndexText, indexName, parseIndexText } from '../../online/index-text.ts';
import { begins, builds } from '../../online/step.ts';
import { temporaryName } from '../../online/temporary-name.ts';
import { quoted } from '../names.ts';
import { placeOf, tableNameOf, tableOf } from '../relation.ts';

/** True: an index that was built before can become this constraint. */
export function canUseIndex({ attributes, notes }: Fact): boolean {
  return typeof notes?.['index'] === 'string' && !factText(attributes['definition']).includes(' WITHOUT OVERLAPS');
}

/**
 * Adds a primary key or a unique constraint: its index is built while others write, and then handed over. `also` is
 * another action of the same statement.
 */
export function addUsingIndex(fact: Fact, also?: string): readonly DefinitionStatement[] {
  const { name } = placeOf(fact);
  const definition = factText(fact.attributes['definition']);
  const text = parseIndexText(factText(fact.notes?.['index']), name, tableNameOf(fact));
  const index = { ...text, name: temporaryName(name, 'new', tableOf(fact), definition) };
  const kind = fact.attributes['type'] === 'p' ? 'primary key' : 'unique';
  const [deferrable = ''] = /(?: DEFERRABLE)?(?: INITIALLY DEFERRED)?$/.exec(definition) ?? [];
  const add = `add constraint ${quoted(name)} ${kind} using index ${quoted(index.name)}${deferrable}`;
  return [
    builds(createIndexText(index, 'concurrently'), indexName(index)),
    begins(`alter table ${tableOf(fact)} ${also === undefined ? '' : `${also}, `}${add}`, { usesUp: indexName(index) }),
  ];
}
