import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { changeInPlace, needsShadow } from '../../online/change-type.ts';
import type { ConstraintText } from '../../online/constraint.ts';
import { shadowSteps } from '../../online/shadow-column.ts';
import { temporaryName } from '../../online/temporary-name.ts';
import type { TypeChange } from '../../online/type-change.ts';
import { quoted } from '../names.ts';
import {
  childrenOf,
  isForeign,
  isForeignKey,
  isNew,
  isPartitioned,
  linksOf,
  placeOf,
  tableIdOf,
  tableNameOf,
} from '../relation.ts';
import { settingChanges } from './column-settings.ts';
import { conversionOf } from './conversion.ts';
import { identityText } from './identity-text.ts';
import { indexTextOf, indexMarks } from './index-text-of.ts';
import { keyTextOf } from './key-text-of.ts';
import { notNullOf } from './not-null-of.ts';

/** A column that gets another type while others use the table, and the facts that are made anew with it. */
export interface OnlineTypeChange {
  readonly change: TypeChange;
  readonly carried: readonly Fact[];
  /** What has to be said of the new column that its text cannot say. */
  readonly settings: readonly DefinitionStatement[];
}

/**
 * What the online form must know; undefined where there is none: tables that share their columns with others, computed
 * columns under it, or something it stands on that changes in the same plan.
 */
export function typeChangeOf(
  from: Fact,
  to: Fact,
  context: PlanContext,
  isLeftOut: (fact: Fact) => boolean = () => false,
): OnlineTypeChange | undefined {
  if (context.safe === 'plain' || isForeign(to) || isShared(tableIdOf(to), context)) return undefined;
  const users = [...context.from.facts.values()].filter(({ requires }) => requires.includes(from.id));
  const carried = users.filter((user) => !isLeftOut(user) && isCarried(user, from, to, context));
  if (!carried.every((user) => isSettled(user, context))) return undefined;
  const keys = carried.filter(isKey);
  const keyTexts = keys.flatMap((key) => keyTextOf(key) ?? []);
  if (keyTexts.length < keys.length) return undefined;
  const constraints = carried.filter(({ kind }) => kind === 'constraint');
  const parts = { before: context.partsOf(from, context.from), after: context.partsOf(to, context.to) };
  const expression = (facts: readonly Fact[]): string | undefined => {
    const value = facts.find(({ kind }) => kind === 'default')?.attributes['expression'];
    return typeof value === 'string' ? value : undefined;
  };
  const { collation } = to.attributes;
  const nextDefault = parts.after.find(({ kind }) => kind === 'default');
  const isThere = nextDefault?.requires.every((id) => context.from.facts.has(id)) === true;
  const change: TypeChange = {
    table: tableNameOf(to),
    column: placeOf(to).name,
    from: factText(from.attributes['type']),
    to: factText(to.attributes['type']),
    collation: typeof collation === 'string' ? collation : undefined,
    changesCollation: from.attributes['collation'] !== collation,
    using: conversionOf(from, to),
    notNull: keepsNotNull(from),
    notNullName: notNullOf(from)?.name,
    oldDefault: expression(parts.before),
    default: isThere && parts.before.some(({ kind }) => kind === 'default') ? expression(parts.after) : undefined,
    ...numbering(to, parts, context),
    indexes: carried.filter(({ kind }) => kind === 'index').map(indexTextOf),
    keys: keyTexts,
    checks: constraints.filter(({ attributes }) => attributes['type'] === 'c').map(textOf),
    foreignKeys: constraints.filter((key) => isForeignKey(key) && isOn(key, placeOf(to).name)).map(textOf),
    references: constraints.filter((key) => isForeignKey(key) && !isOn(key, placeOf(to).name)).map(textOf),
  };
  const marks = carried.flatMap((fact) => indexMarks(fact)).map(({ sql }) => sql);
  const notNullNow = keepsNotNull(from) ? (from.attributes['notNull'] ?? false) : false;
  const bare = { storage: null, compression: null, statistics: null, options: [], notNull: notNullNow };
  const settings = settingChanges({ ...from, attributes: { ...from.attributes, ...bare } }, to, context);
  return { change: { ...change, after: [...(change.after ?? []), ...marks] }, carried, settings };
}

/** The steps, in which what uses the column is out of the way only for the moment in which the new one takes its place. */
export function changeOnline(from: Fact, to: Fact, found: OnlineTypeChange, context: PlanContext): Alteration {
  const { change, carried } = found;
  if (!needsShadow(change)) {
    const steps = [...changeInPlace(change), ...settingChanges(from, to, context)];
    return { how: 'in-place', steps, rebuild: (dependent) => isInTheWay(dependent, false) };
  }
  const { prepare, finish } = shadowOf(found);
  const isStrange = change.using !== undefined;
  const rest = {
    how: 'in-place',
    touches: carried.map(({ id }) => id),
    rebuild: (dependent: Fact): boolean =>
      isInTheWay(dependent, isStrange) || ['comment', 'grant', 'statistics'].includes(dependent.kind),
  } as const;
  return isOnlyOne(to, context) ? { ...rest, prepare, steps: finish } : { ...rest, steps: [...prepare, ...finish] };
}

/** A new column beside the old one, made ready and then put in its place. */
export function shadowOf(
  { change, settings }: OnlineTypeChange,
  more?: string,
): { readonly prepare: readonly DefinitionStatement[]; readonly finish: readonly DefinitionStatement[] } {
  const note = `${change.column} stands last in ${change.table.name} afterwards${more === undefined ? '' : `; ${more}`}`;
  const { prepare, finish } = shadowSteps(change, { note });
  return { prepare, finish: [...finish, ...settings] };
}

/** What the server neither rewrites by itself nor these steps make anew. */
function isInTheWay(dependent: Fact, isStrange: boolean): boolean {
  const { kind, attributes } = dependent;
  if (kind === 'constraint') return attributes['type'] === 'x' || (isStrange && attributes['type'] === 'f');
  if (kind === 'column') return attributes['generated'] !== null;
  return /^(?:view|materialized view|rule|policy|trigger|function|procedure|publication.*)$/.test(kind);
}

/** Two of them have indexes in common, which go with the first: they come one after the other. */
function isOnlyOne(to: Fact, { from, to: { facts } }: PlanContext): boolean {
  const others = [...facts.values()].filter(
    ({ kind, parent, id, attributes }) =>
      kind === 'column' && parent === to.parent && id !== to.id && isOther(from.facts.get(id), attributes),
  );
  return others.length === 0;
}

function isOther(before: Fact | undefined, after: Fact['attributes']): boolean {
  return (
    before !== undefined &&
    (before.attributes['type'] !== after['type'] || before.attributes['collation'] !== after['collation'])
  );
}

function isShared(tableId: string, context: PlanContext): boolean {
  const isOfType = context.to.facts.get(tableId)?.attributes['ofType'] !== null;
  const isLinked = [context.from, context.to].some((structure) => linksOf(tableId, structure, context).length > 0);
  return (
    isNew(tableId, context) ||
    isOfType ||
    isLinked ||
    isPartitioned(tableId, context.from) ||
    childrenOf(tableId, context).length > 0
  );
}

/** True: the shadow column gets one like it, and the planner leaves it alone. */
function isCarried(user: Fact, from: Fact, to: Fact, context: PlanContext): boolean {
  const after = context.to.facts.get(user.id);
  if (after === undefined || JSON.stringify(after.attributes) !== JSON.stringify(user.attributes)) return false;
  if (user.kind === 'index') return true;
  if (user.kind !== 'constraint' || user.attributes['type'] === 'x') return false;
  return user.attributes['type'] !== 'f' || conversionOf(from, to) === undefined;
}

/** True: whatever else it needs stays as it is, so that nothing takes it away in the same plan. */
function isSettled({ requires, parent = '', notes }: Fact, { from, to }: PlanContext): boolean {
  const tables = [parent, ...(typeof notes?.['target'] === 'string' ? [notes['target']] : [])];
  if (tables.some((table) => typeof from.facts.get(table)?.attributes['partitionKey'] === 'string')) return false;
  return requires.every((id) => {
    const [before, after] = [from.facts.get(id), to.facts.get(id)];
    if (before === undefined || after === undefined) return false;
    if (before.kind === 'table' || before.kind === 'column' || before.kind === 'schema') return true;
    return JSON.stringify(before.attributes) === JSON.stringify(after.attributes);
  });
}

/** A column that numbers itself goes on with the numbers and the sequence that it has. */
function numbering(
  to: Fact,
  { before, after }: { readonly before: readonly Fact[]; readonly after: readonly Fact[] },
  context: PlanContext,
): Pick<TypeChange, 'identity' | 'ownedSequences' | 'after'> {
  const ownedSequences = before
    .filter(({ kind, id }) => kind === 'sequence' && context.to.facts.has(id))
    .map((sequence) => ({ namespace: placeOf(sequence).schema, name: placeOf(sequence).name }));
  const [old, next] = [before, after].map((facts) => facts.find(({ kind }) => kind === 'identity'));
  if (old === undefined || next === undefined) return { ownedSequences };
  const sequence = factText(old.attributes['sequence']);
  const meanwhile = temporaryName(sequence, 'new', to.id);
  return {
    ownedSequences,
    identity: identityText({ ...next, attributes: { ...next.attributes, sequence: meanwhile } }),
    after: [`alter sequence ${quoted(placeOf(to).schema, meanwhile)} rename to ${quoted(sequence)}`],
  };
}

/** A not null that is not proved, or not for children, is set anew afterwards. */
function keepsNotNull(from: Fact): boolean {
  const notNull = notNullOf(from);
  return notNull !== undefined && notNull.validated && !notNull.noInherit;
}

function isKey({ kind, attributes }: Fact): boolean {
  return kind === 'constraint' && (attributes['type'] === 'p' || attributes['type'] === 'u');
}

/** True: the column is one of those that refer, and not only one that is referred to. */
function isOn({ attributes }: Fact, column: string): boolean {
  const [, list = ''] = /^FOREIGN KEY \(((?:"(?:[^"]|"")+"|[^")])*)\)/.exec(factText(attributes['definition'])) ?? [];
  return list.split(/, ?/).some((name) => name === column || name === quoted(column));
}

function textOf(fact: Fact): ConstraintText {
  return { table: tableNameOf(fact), name: placeOf(fact).name, definition: factText(fact.attributes['definition']) };
}
