import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { addConstraint } from '../../online/constraint.ts';
import { dropNotNull } from '../../online/not-null.ts';
import { begins, joins } from '../../online/step.ts';
import { temporaryName } from '../../online/temporary-name.ts';
import { idOf, quoted } from '../names.ts';
import { childrenOf, placeOf, tableIdOf, tableNameOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';
import { notNullOf } from './not-null-of.ts';

/**
 * Allows nulls in a column. The tables below that forbid them only because this one did allow them too at once. Those that
 * go on forbidding them say so themselves beforehand, without a look at their rows; before PostgreSQL 18 they cannot, so they
 * are proved and forbid them again in the same transaction.
 */
export function dropNotNullAbove(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const drop = dropNotNull({ table: tableNameOf(column), column: placeOf(column).name });
  const kept = keptBelow(column, context);
  const set = (below: Fact): string =>
    `alter table ${tableOf(below)} alter column ${quoted(placeOf(below).name)} set not null`;
  if (kept.length === 0) return [drop];
  if (context.to.server >= 'postgresql 18') {
    return [...kept.map((below) => step(set(below))), drop, ...kept.flatMap((below) => renamed(below, context))];
  }
  if (context.safe === 'plain') return [drop, ...kept.map((below) => joins(set(below)))];
  const checkOf = (below: Fact): string => temporaryName(placeOf(below).name, 'check', tableOf(below), 'not null');
  return [
    ...kept.flatMap((below) => {
      const definition = `check (${quoted(placeOf(below).name)} is not null)`;
      return addConstraint({ table: tableNameOf(below), name: checkOf(below), definition }, 'online');
    }),
    begins(drop.sql),
    ...kept.flatMap((below) => [
      joins(set(below)),
      joins(`alter table ${tableOf(below)} drop constraint ${quoted(checkOf(below))}`),
    ]),
  ];
}

/** The constraint under the name that it is to have: it had that of the one above. */
function renamed(column: Fact, { from }: PlanContext): readonly DefinitionStatement[] {
  const before = from.facts.get(column.id);
  const [old, wanted] = [before && notNullOf(before)?.name, notNullOf(column)?.name];
  if (old === undefined || wanted === undefined || old === wanted) return [];
  return [step(`alter table ${tableOf(column)} rename constraint ${quoted(old)} to ${quoted(wanted)}`)];
}

/** The column in the tables below, at any depth, where it forbids nulls before and after. */
function keptBelow(column: Fact, context: PlanContext): readonly Fact[] {
  const { name } = placeOf(column);
  return childrenOf(tableIdOf(column), context).flatMap((child) => {
    const id = idOf('column', placeOf(child).schema, placeOf(child).table, name);
    const [before, after] = [context.from.facts.get(id), context.to.facts.get(id)];
    if (before === undefined || after === undefined || notNullOf(before) === undefined) return [];
    return notNullOf(after) === undefined ? keptBelow(after, context) : [after];
  });
}
