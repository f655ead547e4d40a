import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { addColumn } from '../../online/add-column.ts';
import { backfill } from '../../online/backfill.ts';
import { mayVary } from '../../online/default-text.ts';
import { quoted } from '../names.ts';
import { noCopyNote } from '../no-copy-note.ts';
import { isForeign, isNew, placeOf, tableIdOf, tableNameOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';
import { columnSettings, settingChanges } from './column-settings.ts';
import { canStandInColumn, columnText, typeText } from './column-text.ts';
import { identityText } from './identity-text.ts';
import { notNullOf } from './not-null-of.ts';

/** Adds a column to a table that is there, and may hold rows. */
export function addToRows(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const parts = context.partsOf(column, context.to);
  const isOnline = context.safe === 'online' && !isForeign(column);
  const identity = parts.find(({ kind }) => kind === 'identity');
  const value = parts.find(({ kind }) => kind === 'default');
  if (value !== undefined && !canStandInColumn(value, column, context)) return [...addBare(column, context)];
  const text = {
    table: tableNameOf(column),
    name: placeOf(column).name,
    type: typeText(column, context),
    notNull: false,
  };
  if (isOnline && identity !== undefined) {
    const named = { ...column, attributes: { ...column.attributes, notNull: numberedNotNull(column) } };
    return [
      ...addColumn({ ...text, identity: identityText(identity) }, 'online'),
      ...settingChanges(withoutSettings(named, context), column, context),
    ];
  }
  const expression = factText(value?.attributes['expression'] ?? '');
  if (isOnline && mayVary(expression)) {
    return [...addColumn({ ...text, default: expression }, 'online'), ...settingsFromNull(column, context)];
  }
  const { generated, virtual } = column.attributes;
  const isComputed = typeof generated === 'string' && virtual !== true;
  const isOfDomain = column.requires.some((id) => context.to.facts.get(id)?.kind === 'domain');
  const note =
    isComputed || isOfDomain
      ? {
          note: noCopyNote(
            `the rows of ${placeOf(column).table} are written anew while nobody else can use it`,
            column,
          ),
        }
      : {};
  const add = `alter table ${tableOf(column)} add column ${columnText(column, context)}`;
  return [step(add, note), ...columnSettings(column, context)];
}

/** The default comes later (a sequence that the column owns): until then no row has a value. */
function addBare(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const text = {
    table: tableNameOf(column),
    name: placeOf(column).name,
    type: typeText(column, context),
    notNull: false,
  };
  const bare = { ...column, attributes: { ...column.attributes, notNull: false } };
  return [...addColumn(text, 'plain'), ...settingChanges(withoutSettings(bare, context), bare, context)];
}

/** What follows the default of a column that was added without it: the rows get their values, and nulls are forbidden. */
export function fillWithDefault(value: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const column = context.to.facts.get(value.parent ?? '');
  if (column === undefined || context.from.facts.has(column.id) || isNew(tableIdOf(column), context)) return [];
  if (column.notes?.['local'] !== true) return [];
  const name = quoted(placeOf(column).name);
  const expression = factText(value.attributes['expression']);
  const bare = { ...column, attributes: { ...column.attributes, notNull: false } };
  return [
    context.safe === 'online'
      ? backfill({ table: tableNameOf(column), set: `${name} = ${expression}`, pending: `${name} is null` })
      : step(`update ${tableOf(column)} set ${name} = ${expression}`),
    ...settingChanges(bare, column, context),
  ];
}

function settingsFromNull(column: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const bare = { ...column, attributes: { ...column.attributes, notNull: false } };
  return settingChanges(withoutSettings(bare, context), column, context);
}

function withoutSettings(column: Fact, { to }: PlanContext): Fact {
  const { storage = null, compression = null, ...attributes } = column.attributes;
  const saysStorage = to.server >= 'postgresql 16';
  const settings = { compression, storage: saysStorage ? storage : null, statistics: null, options: [] };
  return { ...column, attributes: { ...attributes, ...settings } };
}

/** A numbered column is never null; where that has a name, it is the one that the server gives. */
function numberedNotNull(column: Fact): Fact['attributes'][string] {
  const { table, name } = placeOf(column);
  if (notNullOf(column)?.name === undefined) return true;
  return { name: `${table}_${name}_not_null`, noInherit: false, validated: true };
}
