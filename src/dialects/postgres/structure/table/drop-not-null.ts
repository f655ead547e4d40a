import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { addConstraint } from '../../online/constraint.ts';
import { dropNotNull } from '../../online/not-null.ts';
import { begins, joins } from '../../online/step.ts';
import { temporaryName } from '../../online/temporary-name.ts';
import { idOf, quoted } from '../names.ts';
import { childrenOf, placeOf, tableIdOf, tableNameOf, tableOf } from '../relation.ts';
import { notNullOf } from './not-null-of.ts';

/**
 * Allows nulls in a column. Before PostgreSQL 18 the tables below allow them too at once: those that go on forbidding
 * them are proved beforehand and forbid them again in the same transaction.
 */
export function dropNotNullAbove(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const drop = dropNotNull({ table: tableNameOf(column), column: placeOf(column).name });
  const kept = context.to.server >= 'postgresql 18' ? [] : keptBelow(column, context);
  const set = (below: Fact): string =>
    `alter table ${tableOf(below)} alter column ${quoted(placeOf(below).name)} set not null`;
  if (kept.length === 0) return [drop];
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
