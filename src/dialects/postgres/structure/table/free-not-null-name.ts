import { sameJson } from '../../../../catalog/snapshot/same-json.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { tableIdOf } from '../relation.ts';
import { notNullOf } from './not-null-of.ts';
import { renameNotNulls } from './rename-not-nulls.ts';

/**
 * Where a column that stays forbids nulls under the name that the constraint of a new column is to have, as one does that had
 * the new one's name once, its constraint gets the name that it is to have itself.
 */
export function freeNotNullName(column: Fact, { from, to, partsOf }: PlanContext): readonly DefinitionStatement[] {
  const name = notNullOf(column)?.name;
  const table = from.facts.get(tableIdOf(column));
  if (name === undefined || table === undefined) return [];
  const holder = partsOf(table, from).find((part) => part.kind === 'column' && notNullOf(part)?.name === name);
  const after = to.facts.get(holder?.id ?? '');
  if (holder === undefined || after === undefined || !sameJson(holder.attributes, after.attributes)) return [];
  return renameNotNulls([after], from);
}
