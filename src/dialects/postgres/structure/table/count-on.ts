import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { quoted, quotedText } from '../names.ts';
import { placeOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';

/**
 * Moves a sequence on to the highest number that its column holds, so that the next one is free. `isApart`: the rows are
 * read when the locks of what went before are gone.
 */
export function countOn(column: Fact, sequence: string, isApart = false): DefinitionStatement {
  const name = quoted(placeOf(column).name);
  const highest = `max(${name})::bigint`;
  return step(
    `select pg_catalog.setval(${quotedText(sequence)}::regclass, ${highest}) from ${tableOf(column)} having max(${name}) > 0`,
    {
      ...(isApart ? { segment: 'start', class: 'scan' } : {}),
      repeatable: true,
      note: `the numbers go on after the highest one in ${placeOf(column).table}`,
    },
  );
}
