import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration, KindRules, PlanContext, Safety } from '../../../../dialect/structure/rules.ts';
import { createIndex, dropIndex, replaceIndex } from '../../online/create-index.ts';
import { quoted, relationName } from '../names.ts';
import { isLinkedThroughout, placeOf, tableIdOf } from '../relation.ts';
import { step } from '../step.ts';
import { isRetyped } from './alter-column.ts';
import { indexChanges } from './index-changes.ts';
import { indexTextOf } from './index-text-of.ts';

/** How an index is made, changed and removed. */
export const indexRules: KindRules = {
  create,
  drop,
  alter,
  occupies: (fact) => relationName(placeOf(fact).schema, placeOf(fact).name),
  rank: 30,
};

function create(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const { options, tablespace, ...attributes } = fact.attributes;
  const bare: Fact = {
    ...fact,
    attributes: {
      ...attributes,
      options: options ?? [],
      tablespace: tablespace ?? null,
      clustered: false,
      replicaIdentity: false,
      statistics: [],
    },
  };
  const make = isPartitionedIndex(fact)
    ? [step(onlyText(fact))]
    : createIndex(indexTextOf(fact), safetyOf(fact, context));
  return [...make, ...indexChanges(bare, fact)];
}

/** With the index of a partitioned table go those of its partitions; where they carry constraints, only if told so. */
function drop(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const ifExists = isLinkedThroughout(tableIdOf(fact), context) ? 'if exists ' : '';
  const { schema, name } = placeOf(fact);
  const carries = [...context.from.facts.values()].some(
    ({ kind, parent, notes }) =>
      kind === 'index partition' && notes?.['source'] === fact.id && parent?.startsWith('constraint ') === true,
  );
  const stays = context.to.facts.has(fact.parent ?? '');
  const isAlone = ifExists === '' && !carries && !isPartitionedIndex(fact);
  if (stays && isAlone && fact.attributes['replicaIdentity'] !== true)
    return dropIndex({ namespace: schema, name }, context.safe);
  return [step(`drop index ${ifExists}${quoted(schema, name)}${carries ? ' cascade' : ''}`)];
}

function alter(from: Fact, to: Fact, context: PlanContext): Alteration {
  const [before, after] = [from.attributes, to.attributes];
  if (before['torn'] === true) return { how: 'replace' };
  const isBroken = before['valid'] === false && after['valid'] === true && !isPartitionedIndex(to);
  if (before['definition'] === after['definition'] && !isBroken && from.parent === to.parent) {
    return { how: 'in-place', steps: indexChanges(from, to) };
  }
  const isFree = from.parent === to.parent && !isPartitionedIndex(to) && !isLinkedThroughout(tableIdOf(to), context);
  const isSettled = to.requires.every((id) => context.from.facts.has(id) && !isRetyped(id, context));
  const isLeft = from.requires.some((id) => !context.to.facts.has(id));
  if (!isFree || !isSettled || isLeft || before['clustered'] === true || before['replicaIdentity'] === true) {
    return { how: 'replace' };
  }
  const bare = { ...to, attributes: { ...after, clustered: false, replicaIdentity: false, statistics: [] } };
  return {
    how: 'in-place',
    steps: [...replaceIndex(indexTextOf(to), context.safe), ...indexChanges(bare, to)],
    rebuild: () => true,
  };
}

function onlyText(fact: Fact): string {
  const { unique, body } = indexTextOf(fact);
  const { name, schema, table } = placeOf(fact);
  return `create ${unique ? 'unique ' : ''}index ${quoted(name)} on only ${quoted(schema, table)} ${body}`;
}

/** The server itself says `ON ONLY` of an index of a partitioned table. */
function isPartitionedIndex({ attributes }: Fact): boolean {
  return / ON ONLY /.test(factText(attributes['definition']));
}

function safetyOf(fact: Fact, { from, safe }: PlanContext): Safety {
  return fact.parent !== undefined && from.facts.has(fact.parent) ? safe : 'plain';
}
