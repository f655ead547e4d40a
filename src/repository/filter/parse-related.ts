import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RelationPlan } from '../include/relation-plan.ts';
import type { TablePlan } from '../table-plan.ts';
import type { FilterNode, RelatedNode } from './filter-node.ts';
import { allOf, reachOf } from './reach.ts';

/** What a relation filter is parsed with: the table it belongs to, and the parser of ordinary filters. */
export interface RelatedContext {
  readonly plan: TablePlan;
  readonly session: Session;
  readonly parse: (where: object, plan: TablePlan, session: Session) => FilterNode;
}

/** Checks the condition on a relation: `some`, `every`, `none` of many; `is`, `isNot` or a plain filter of one. */
export function parseRelated(
  condition: unknown,
  relation: RelationPlan,
  context: RelatedContext,
): readonly FilterNode[] {
  if (relation.many) {
    return entriesOf(condition, relation, context).map(([word, where]) => parseMany(word, where, relation, context));
  }
  if (condition === null) return [related(undefined, true, relation, context)];
  const entries = entriesOf(condition, relation, context);
  if (!entries.every(([word]) => isWord(word, relation))) return [parseOne(condition, false, relation, context)];
  return entries.map(([word, where]) => parseOne(where, word === 'isNot', relation, context));
}

function parseMany(word: string, where: unknown, relation: RelationPlan, context: RelatedContext): FilterNode {
  const part = (): FilterNode => parseWhere(where, relation, context);
  switch (word) {
    case 'some':
      return related(part(), false, relation, context);
    case 'none':
      return related(part(), true, relation, context);
    case 'every':
      return related({ kind: 'not', part: part() }, true, relation, context);
    default:
      throw new RowhouseError('OPERATOR_UNKNOWN', `${labelOf(relation, context)}: there is no operator ${word}`, {
        details: { table: context.plan.label, field: relation.name, operator: word },
        hint: 'the operators of many are some, every, none',
      });
  }
}

/** `is: null` holds where there is no row, `isNot: null` where there is one. */
function parseOne(where: unknown, negated: boolean, relation: RelationPlan, context: RelatedContext): FilterNode {
  if (where === null) return related(undefined, !negated, relation, context);
  return related(parseWhere(where, relation, context), negated, relation, context);
}

function related(
  part: FilterNode | undefined,
  negated: boolean,
  relation: RelationPlan,
  { plan, session }: RelatedContext,
): RelatedNode {
  const { target, through } = relation;
  const joined = through === undefined ? undefined : reachOf(through.plan, session, false);
  return {
    kind: 'related',
    relation,
    source: plan,
    negated,
    joined,
    part: allOf(reachOf(target, session, false), part),
  };
}

function parseWhere(where: unknown, relation: RelationPlan, context: RelatedContext): FilterNode {
  if (isFilter(where)) return context.parse(where, relation.target, context.session);
  throw invalid(relation, context);
}

function entriesOf(condition: unknown, relation: RelationPlan, context: RelatedContext): readonly [string, unknown][] {
  if (isFilter(condition)) return Object.entries(condition);
  throw invalid(relation, context);
}

function isFilter(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A column of the related table may be called `is`: then it is that column that is meant. */
function isWord(word: string, { target }: RelationPlan): boolean {
  return (word === 'is' || word === 'isNot') && !target.fieldOf.has(word);
}

function invalid(relation: RelationPlan, context: RelatedContext): RowhouseError {
  const takes = relation.many ? '{ some }, { every } or { none } with a filter' : 'a filter, { is }, { isNot } or null';
  return new RowhouseError('FILTER_INVALID', `${labelOf(relation, context)} takes ${takes}`, {
    details: { table: context.plan.label, field: relation.name },
  });
}

function labelOf({ name }: RelationPlan, { plan }: RelatedContext): string {
  return `${plan.label}.${name}`;
}
