import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration, KindRules, PlanContext, Safety } from '../../../../dialect/structure/rules.ts';
import { addConstraint, replaceConstraint, validate, type ConstraintText } from '../../online/constraint.ts';
import { temporaryName } from '../../online/temporary-name.ts';
import { foreignKeysAbove } from '../foreign-keys-above.ts';
import { idOf, quoted, relationName } from '../names.ts';
import { noCopyNote } from '../no-copy-note.ts';
import {
  childrenOf,
  isForeignKey,
  isLinkedThroughout,
  isNew,
  isPartitioned,
  placeOf,
  tableIdOf,
  tableNameOf,
  tableOf,
} from '../relation.ts';
import { step } from '../step.ts';
import { addUsingIndex, canUseIndex } from './add-using-index.ts';
import { isRetyped } from './alter-column.ts';
import { constraintText, isUnproved } from './constraint-text.ts';
import { indexChanges } from './index-changes.ts';

/** How a constraint of a table is made, changed and removed. */
export const constraintRules: KindRules = {
  create,
  drop,
  alter,
  outlivesParent: (fact, table) =>
    typeof fact.notes?.['target'] === 'string' && fact.notes['target'] !== table.id && table.kind === 'table',
  occupies: (fact) => (isIndexed(fact) ? relationName(placeOf(fact).schema, placeOf(fact).name) : undefined),
  rank: 20,
};

function create(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  if (comesAlong(fact, context) || isPartOfExclusion(fact, context)) return [];
  const table = tableIdOf(fact);
  if (!isIndexed(fact)) {
    return [
      ...proveInParts(fact, placeOf(fact).name, context),
      ...addConstraint(textOf(fact), safetyOf(fact, context), leadsToParts(fact, context) ? noteOn(fact, context) : {}),
      ...validateBelow(fact, context),
    ];
  }
  const bare = { ...fact, attributes: { ...fact.attributes, ...plainIndex } };
  const safe = safetyOf(fact, context);
  if (safe === 'online' && canUseIndex(fact)) return [...addUsingIndex(fact), ...indexChanges(bare, fact)];
  const only = isPartitioned(table, context.to) && fact.attributes['type'] !== 'x' ? 'only ' : '';
  return [
    step(`alter table ${only}${tableOf(fact)} add ${constraintText(fact)}`, noteOn(fact, context)),
    ...indexChanges(bare, fact),
  ];
}

/** Exclusion constraints of partitions cannot be linked to that of the table above: it makes them itself. */
function isPartOfExclusion(fact: Fact, { partsOf, to }: PlanContext): boolean {
  return fact.attributes['type'] === 'x' && partsOf(fact, to).some(({ kind }) => kind === 'index partition');
}

/** What cannot use an index that was built before is built while nobody else can use the table. */
function noteOn(fact: Fact, context: PlanContext): { readonly note?: string } {
  const { table } = placeOf(fact);
  const isEmpty = isNew(tableIdOf(fact), context) || isPartitioned(tableIdOf(fact), context.to);
  return isEmpty ? {} : { note: noCopyNote(`the rows of ${table} are read while nobody can write to it`, fact) };
}

const plainIndex = { options: [], tablespace: null, clustered: false, replicaIdentity: false };

/** What goes with the table above, or with the index above, is gone already. */
function drop(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const table = tableIdOf(fact);
  if (!isLocal(fact) && !isIndexed(fact) && isLinkedThroughout(table, context)) return [];
  if (isTakenOver(fact, context)) return [];
  const ifExists = isLinkedThroughout(table, context) && isIndexed(fact) ? 'if exists ' : '';
  return [step(`alter table ${tableOf(fact)} drop constraint ${ifExists}${quoted(placeOf(fact).name)}`)];
}

function alter(from: Fact, to: Fact, context: PlanContext): Alteration {
  if (from.attributes['torn'] === true) return { how: 'replace' };
  const [before, after] = [factText(from.attributes['definition']), factText(to.attributes['definition'])];
  if (before === after) return { how: 'in-place', steps: indexChanges(from, to) };
  const isCarried = !isLocal(to) && isLinkedThroughout(tableIdOf(to), context);
  if (isCarried && !isIndexed(to)) return { how: 'in-place', steps: [] };
  if (before === `${after} NOT VALID`) return { how: 'in-place', steps: [validate(tableNameOf(to), placeOf(to).name)] };
  if (from.requires.some((id) => isRetyped(id, context))) return { how: 'replace' };
  if (to.requires.some((id) => !context.from.facts.has(id))) return { how: 'replace' };
  if (from.requires.some((id) => !context.to.facts.has(id))) return { how: 'replace' };
  if (losesNotNull(from, to, context)) return { how: 'replace' };
  if (isIndexed(to) || isIndexed(from)) return replaceKey(from, to, context);
  return {
    how: 'in-place',
    steps: [
      ...proveInParts(to, temporaryName(placeOf(to).name, 'new', tableIdOf(to), after), context),
      ...replaceConstraint(textOf(to), safetyOf(to, context)),
      ...validateBelow(to, context),
    ],
  };
}

/** True: a primary key becomes something else of the same name, so that a column of both can hold nulls. */
function losesNotNull(from: Fact, to: Fact, context: PlanContext): boolean {
  if (from.attributes['type'] !== 'p' || to.attributes['type'] === 'p') return false;
  return to.requires.some((id) => context.to.facts.get(id)?.attributes['notNull'] === false);
}

/** The old key is in force until the new one is: one statement swaps them. */
function replaceKey(from: Fact, to: Fact, context: PlanContext): Alteration {
  const table = tableIdOf(to);
  const isPart = isLinkedThroughout(table, context) || isPartitioned(table, context.to);
  const isMarked = from.attributes['clustered'] === true || from.attributes['replicaIdentity'] === true;
  if (isPart || isMarked || !isIndexed(to) || !isIndexed(from)) return { how: 'replace' };
  const swap = `drop constraint ${quoted(placeOf(from).name)}`;
  const bare = { ...to, attributes: { ...to.attributes, ...plainIndex } };
  const steps =
    safetyOf(to, context) === 'online' && canUseIndex(to)
      ? addUsingIndex(to, swap)
      : [step(`alter table ${tableOf(to)} ${swap}, add ${constraintText(to)}`, noteOn(to, context))];
  return { how: 'in-place', steps: [...steps, ...indexChanges(bare, to)], rebuild: () => true };
}

/** A partition or a child gets the checks of the table above, and keeps its foreign keys when it is detached. */
function comesAlong(fact: Fact, context: PlanContext): boolean {
  const table = tableIdOf(fact);
  if (isIndexed(fact)) return false;
  if (!isLocal(fact)) return isLinkedThroughout(table, context) || isNew(table, context);
  const { schema, table: owner, name } = placeOf(fact);
  if (context.from.facts.has(idOf('constraint', schema, owner, name))) return false;
  return foreignKeysAbove(table, context.from, context, context.to).some((key) => isSameKey(key, fact));
}

/** True: the table becomes a partition, and a foreign key of a table above becomes the one that it has. */
function isTakenOver(fact: Fact, context: PlanContext): boolean {
  const { from, to } = context;
  if (!isForeignKey(fact) || to.facts.has(fact.id)) return false;
  return foreignKeysAbove(tableIdOf(fact), to, context, from).some(
    ({ attributes }) => attributes['definition'] === fact.attributes['definition'],
  );
}

function isSameKey(a: Fact, b: Fact): boolean {
  return placeOf(a).name === placeOf(b).name && a.attributes['definition'] === b.attributes['definition'];
}

/** A check that is not proved for the table above may be for tables below it, which got it anew. */
function validateBelow(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const { name } = placeOf(fact);
  if (fact.attributes['type'] !== 'c' || !isUnproved(fact)) return [];
  return childrenOf(tableIdOf(fact), context).flatMap((child) => {
    const [below] = context.partsOf(child, context.to).filter((part) => isCheck(part, name));
    if (below === undefined) return [];
    return isUnproved(below) ? validateBelow(below, context) : [validate(tableNameOf(below), name)];
  });
}

function isCheck(part: Fact, name: string): boolean {
  return part.kind === 'constraint' && part.attributes['type'] === 'c' && placeOf(part).name === name;
}

/**
 * A table that is new has no rows to look at. Before PostgreSQL 18 a partitioned one cannot be looked at later, and of a
 * foreign key that leads to one its partitions would stay unproved.
 */
function safetyOf(fact: Fact, context: PlanContext): Safety {
  const table = tableIdOf(fact);
  const isWhole = isPartitioned(table, context.to);
  const isEarly = isForeignKey(fact) && isBefore18(context) && (isWhole || leadsToParts(fact, context));
  const isAsSoon = isNew(table, context) || (isWhole && isIndexed(fact)) || isEarly || isUnenforced(fact);
  return isAsSoon ? 'plain' : context.safe;
}

/** No row is ever looked at for it. */
function isUnenforced({ attributes }: Fact): boolean {
  return factText(attributes['definition']).endsWith(' NOT ENFORCED');
}

function leadsToParts({ notes }: Fact, { to }: PlanContext): boolean {
  return isPartitioned(factText(notes?.['target']), to);
}

/**
 * A foreign key of a partitioned table takes over those that its partitions have, and looks at no row that they have
 * looked at.
 */
function proveInParts(fact: Fact, name: string, context: PlanContext): readonly DefinitionStatement[] {
  const table = tableIdOf(fact);
  const isLate = context.safe === 'online' && isForeignKey(fact) && isBefore18(context) && !isNew(table, context);
  if (!isLate || !isPartitioned(table, context.to) || leadsToParts(fact, context)) return [];
  const leaves = leavesOf(table, context);
  return leaves.flatMap((leaf) => addConstraint({ ...textOf(fact), table: tableNameOf(leaf), name }, 'online'));
}

function leavesOf(table: string, context: PlanContext): readonly Fact[] {
  return childrenOf(table, context).flatMap((child) =>
    isPartitioned(child.id, context.to) ? leavesOf(child.id, context) : [child],
  );
}

function isBefore18({ to }: PlanContext): boolean {
  return to.server < 'postgresql 18';
}

function textOf(fact: Fact): ConstraintText {
  return { table: tableNameOf(fact), name: placeOf(fact).name, definition: factText(fact.attributes['definition']) };
}

function isIndexed({ notes }: Fact): boolean {
  return notes?.['indexed'] === true;
}

function isLocal({ notes }: Fact): boolean {
  return notes?.['local'] === true;
}
