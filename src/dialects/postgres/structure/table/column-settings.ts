import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { addConstraint, validate } from '../../online/constraint.ts';
import { setNotNull } from '../../online/not-null.ts';
import { foreignOptionChanges } from '../foreign-options.ts';
import { idOf, quoted } from '../names.ts';
import { optionChanges, optionsOf, texts } from '../options.ts';
import {
  childrenOf,
  isForeign,
  isLinkedThroughout,
  isNew,
  placeOf,
  tableIdOf,
  tableNameOf,
  tableOf,
} from '../relation.ts';
import { step } from '../step.ts';
import { dropNotNullAbove } from './drop-not-null.ts';
import { keepAsSaid } from './identity-text.ts';
import { notNullOf } from './not-null-of.ts';

/** What the text of a new column cannot say. */
export function columnSettings(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const { storage, compression, notNull, ...attributes } = column.attributes;
  const saysStorage = context.to.server >= 'postgresql 16';
  const isSaid = notNullOf(column)?.validated !== false;
  const before: Fact = {
    ...column,
    attributes: {
      ...attributes,
      compression: compression ?? null,
      storage: saysStorage ? (storage ?? null) : null,
      notNull: isSaid ? (notNull ?? false) : false,
      statistics: null,
      options: [],
      ...(isForeign(column) ? { foreignOptions: [] } : {}),
    },
  };
  const identities = context.partsOf(column, context.to).filter(({ kind }) => kind === 'identity');
  return [...settingChanges(before, column, context), ...identities.flatMap(keepAsSaid)];
}

/** The steps that turn the settings of one column into another's: everything but its type and its expression. */
export function settingChanges(from: Fact, to: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const [before, after] = [from.attributes, to.attributes];
  const differs = (key: string): boolean => (before[key] ?? null) !== (after[key] ?? null);
  const typeStorage = to.notes?.['typeStorage'];
  const actions = [
    ...(differs('storage') ? [`set storage ${factText(after['storage'] ?? typeStorage)}`] : []),
    ...(differs('compression') ? [`set compression ${factText(after['compression'] ?? 'default')}`] : []),
    ...(differs('statistics') ? [`set statistics ${factText(after['statistics'] ?? -1)}`] : []),
    ...optionChanges(optionsOf(from), optionsOf(to)),
    ...foreignOptionChanges(texts(before['foreignOptions']), texts(after['foreignOptions'])),
  ];
  const column = `alter ${isForeign(to) ? 'foreign ' : ''}table only ${tableOf(to)} alter column ${quoted(placeOf(to).name)}`;
  return [...nullChanges(from, to, context), ...actions.map((action) => step(`${column} ${action}`))];
}

/** Tables below that forbid nulls already give their constraint its next name while it is still their own. */
function renameBelow(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const { name } = placeOf(column);
  return childrenOf(tableIdOf(column), context).flatMap((child) => {
    const id = idOf('column', placeOf(child).schema, placeOf(child).table, name);
    const [before, after] = [context.from.facts.get(id), context.to.facts.get(id)];
    if (before === undefined || after === undefined) return [];
    const [old, next] = [notNullOf(before)?.name, notNullOf(after)?.name];
    if (old === undefined || next === undefined || old === next) return renameBelow(after, context);
    const rename = `alter table ${tableOf(after)} rename constraint ${quoted(old)} to ${quoted(next)}`;
    return [step(rename), ...renameBelow(after, context)];
  });
}

/** A name that the table above gave cannot be changed here. */
function isHandedDown(column: Fact, context: PlanContext): boolean {
  return (
    isLinkedThroughout(tableIdOf(column), context) && column.follows?.some((id) => context.to.facts.has(id)) === true
  );
}

/** What is proved cannot become unproved: it is made anew, in one statement. */
function doubtNotNull(to: Fact, { from }: PlanContext): readonly DefinitionStatement[] {
  const { name = '', noInherit = false } = notNullOf(to) ?? {};
  const column = quoted(placeOf(to).name);
  const before = from.facts.get(to.id);
  const old = quoted((before && notNullOf(before)?.name) ?? name);
  const add = `add constraint ${quoted(name)} not null ${column}${noInherit ? ' no inherit' : ''} not valid`;
  return [step(`alter table ${tableOf(to)} drop constraint ${old}, ${add}`)];
}

function nullChanges(from: Fact, to: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const [before, after] = [notNullOf(from), notNullOf(to)];
  const column = { table: tableNameOf(to), column: placeOf(to).name };
  const alter = `alter table ${tableOf(to)}`;
  if (after === undefined) return before === undefined ? [] : dropNotNullAbove(to, context);
  if (before === undefined) {
    if (after.name === undefined) return setNotNull(column, isNew(tableIdOf(to), context) ? 'plain' : context.safe);
    const noInherit = after.noInherit ? ' no inherit' : '';
    const notValid = after.validated ? '' : ' not valid';
    const definition = `not null ${quoted(column.column)}${noInherit}${notValid}`;
    const safe = isNew(tableIdOf(to), context) ? 'plain' : context.safe;
    return [...renameBelow(to, context), ...addConstraint({ table: column.table, name: after.name, definition }, safe)];
  }
  const name = quoted(after.name ?? '');
  if (before.validated && !after.validated) return doubtNotNull(to, context);
  return [
    ...(before.name === after.name || isHandedDown(to, context)
      ? []
      : [step(`${alter} rename constraint ${quoted(before.name ?? '')} to ${name}`)]),
    ...(before.noInherit === after.noInherit
      ? []
      : [step(`${alter} alter constraint ${name} ${after.noInherit ? 'no inherit' : 'inherit'}`)]),
    ...(after.validated && !before.validated ? [validate(column.table, after.name ?? '')] : []),
  ];
}
