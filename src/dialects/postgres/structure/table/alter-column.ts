import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { quoted } from '../names.ts';
import { noCopyNote } from '../no-copy-note.ts';
import { isLinkedThroughout, isOfType, placeOf, tableIdOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';
import { changeOnline, typeChangeOf } from './online-type-change.ts';
import { columnSettings, settingChanges } from './column-settings.ts';
import { columnText, generatedText, typeText } from './column-text.ts';
import { conversionOf } from './conversion.ts';
import { notNullOf } from './not-null-of.ts';

/** How a column becomes another with the same name. */
export function alterColumn(from: Fact, to: Fact, context: PlanContext): Alteration {
  const isCarried = to.notes?.['local'] === false && isLinkedThroughout(tableIdOf(to), context);
  const becomesGenerated = differs(from, to, 'generated', 'virtual');
  if (becomesGenerated && !isCarried) return changeExpression(from, to, context);
  const retyped = differs(from, to, 'type', 'collation');
  const isInherited =
    isOfType(tableIdOf(to), context) ||
    (isLinkedThroughout(tableIdOf(to), context) && to.follows?.some((id) => context.from.facts.has(id)) === true);
  const change = retyped && !becomesGenerated && !isInherited ? typeChangeOf(from, to, context) : undefined;
  if (change !== undefined) return changeOnline(from, to, change, context);
  const steps = [
    ...(retyped && !isInherited ? retype(from, to, context) : []),
    ...(isCarried ? settingChanges(carried(from, to, context), to, context) : settingChanges(from, to, context)),
  ];
  if (!retyped && !becomesGenerated) return { how: 'in-place', steps, ...afterItsKey(from, to) };
  const isStrange = conversionOf(from, to) !== undefined;
  const below = isInherited ? [] : columnsBelow(from, context.from);
  return {
    how: 'in-place',
    steps,
    rebuild: (dependent) =>
      isInTheWay(dependent, isStrange) && !(dependent.kind === 'column' && isMadeAbove(dependent, from, isInherited)),
    ...afterItsKey(from, to),
    ...(below.length === 0 ? {} : { touches: below }),
  };
}

/** True: a computed column of a table below, which is made anew with the one that it comes from. */
function isMadeAbove({ parent, notes }: Fact, column: Fact, isInherited: boolean): boolean {
  return parent !== column.parent || (isInherited && notes?.['local'] === false);
}

/** The ids of the columns that get their type from this one, at any depth. */
function columnsBelow({ id }: Fact, structure: Structure): readonly string[] {
  return [...structure.facts.values()]
    .filter(({ kind, follows }) => kind === 'column' && follows?.includes(id) === true)
    .flatMap((column) => [column.id, ...columnsBelow(column, structure)]);
}

/** Nulls are allowed only once no key forbids them: whatever stops needing the column does so first. */
function afterItsKey(from: Fact, to: Fact): { readonly touches?: readonly string[] } {
  return notNullOf(from) !== undefined && notNullOf(to) === undefined ? { touches: [] } : {};
}

/** True: `from` becomes `to` by another type or collation, so what is written in terms of it is written anew. */
export function isRetyped(id: string, { from, to }: PlanContext): boolean {
  const [before, after] = [from.facts.get(id), to.facts.get(id)];
  return before !== undefined && after !== undefined && differs(before, after, 'type', 'collation');
}

/** What the server does not rewrite by itself when a column changes its type. */
function isInTheWay(dependent: Fact, isStrange: boolean): boolean {
  switch (dependent.kind) {
    case 'view':
    case 'materialized view':
    case 'rule':
    case 'policy':
    case 'trigger':
    case 'function':
    case 'procedure':
      return true;
    case 'column':
      return dependent.attributes['generated'] !== null;
    case 'default':
      return isStrange;
    case 'constraint':
      return isStrange && dependent.attributes['type'] === 'f';
    default:
      return dependent.kind.startsWith('publication');
  }
}

function retype(from: Fact, to: Fact, { safe }: PlanContext): readonly DefinitionStatement[] {
  const { type, collation } = to.attributes;
  const using = conversionOf(from, to);
  const action = [
    `alter column ${quoted(placeOf(to).name)} type ${factText(type)}`,
    ...(typeof collation === 'string' ? [`collate ${collation}`] : []),
    ...(using === undefined ? [] : [`using ${using}`]),
  ].join(' ');
  return [step(`alter table ${tableOf(to)} ${action}`, safe === 'online' ? { note: rewriteNote(to) } : {})];
}

function rewriteNote(column: Fact): string {
  return noCopyNote(`the rows of ${placeOf(column).table} may be written anew while nobody else can use it`, column);
}

/** The column as it is once the table above has been changed. */
function carried(from: Fact, to: Fact, context: PlanContext): Fact {
  const source = to.follows?.find((id) => context.to.facts.has(id) && context.from.facts.has(id));
  const [before, after] = [context.from, context.to].map(({ facts }) => facts.get(source ?? ''));
  if (before === undefined || after === undefined) return from;
  if (JSON.stringify(before.attributes['notNull']) === JSON.stringify(after.attributes['notNull'])) return from;
  const nulls = notNullOf(after) === undefined ? false : (to.attributes['notNull'] ?? false);
  return { ...from, attributes: { ...from.attributes, notNull: nulls } };
}

/**
 * A stored expression can be forgotten, and its values stay. Otherwise the column is made anew, and whatever uses it:
 * an expression gives every value again.
 */
function changeExpression(from: Fact, to: Fact, context: PlanContext): Alteration {
  const name = quoted(placeOf(to).name);
  const alter = `alter table ${tableOf(to)}`;
  const { generated } = to.attributes;
  const canForget = from.attributes['virtual'] !== true && !differs(from, to, 'type', 'collation');
  if (generated === null && canForget) {
    const forget = step(`${alter} alter column ${name} drop expression`);
    return { how: 'in-place', steps: [forget, ...settingChanges(from, to, context)] };
  }
  if (generated === null && !differs(from, to, 'type', 'collation')) return keepComputed(from, to, context);
  if (generated === null) return { how: 'refuse', reason: 'a computed column has no values to keep' };
  const canSet = context.to.server >= 'postgresql 17' && to.attributes['virtual'] !== true;
  if (
    canSet &&
    typeof from.attributes['generated'] === 'string' &&
    !differs(from, to, 'virtual', 'type', 'collation')
  ) {
    const set = `${alter} alter column ${name} set expression as (${factText(generated)})`;
    const stays = { ...from, attributes: { ...from.attributes, generated: factText(generated) } };
    return { how: 'in-place', steps: [step(set, { note: rewriteNote(to) }), ...settingChanges(stays, to, context)] };
  }
  const computed = `the values of ${placeOf(to).table}.${placeOf(to).name} are computed: ${generatedText(to)}`;
  const note = noCopyNote(computed, to);
  return {
    how: 'in-place',
    steps: [step(`${alter} drop column ${name}, add column ${columnText(to, context)}`, { note })],
    rebuild: () => true,
  };
}

/** A column that is computed when it is read becomes one that holds what it showed. */
function keepComputed(from: Fact, to: Fact, context: PlanContext): Alteration {
  const name = quoted(placeOf(to).name);
  const bare = { ...to, attributes: { ...to.attributes, notNull: false } };
  const value = factText(from.attributes['generated']);
  const note = `the rows of ${placeOf(to).table} are written anew with the values that ${placeOf(to).name} had`;
  return {
    how: 'in-place',
    steps: [
      step(`alter table ${tableOf(to)} drop column ${name}, add column ${name} ${typeText(to, context)}`),
      step(`update ${tableOf(to)} set ${name} = ${value}`, { note }),
      ...columnSettings(bare, context),
      ...settingChanges(bare, to, context),
    ],
    rebuild: () => true,
  };
}

function differs(from: Fact, to: Fact, ...keys: readonly string[]): boolean {
  return keys.some((key) => from.attributes[key] !== to.attributes[key]);
}
