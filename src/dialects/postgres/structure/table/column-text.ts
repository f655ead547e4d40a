import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { quoted } from '../names.ts';
import { placeOf, tableIdOf } from '../relation.ts';
import { identityText } from './identity-text.ts';
import { leadsBack } from './can-stand-in-table.ts';
import { notNullOf } from './not-null-of.ts';

/** A column as `create table` and `add column` take it, with its default or identity where they can stand there. */
export function columnText(column: Fact, context: PlanContext): string {
  const { generated } = column.attributes;
  const notNull = notNullOf(column);
  const parts = context.partsOf(column, context.to).filter((part) => canStandInColumn(part, column, context));
  return [
    quoted(placeOf(column).name),
    typeText(column, context),
    ...parts.map(partText),
    ...(typeof generated === 'string' ? [generatedText(column)] : []),
    ...(notNull?.validated === true ? [notNullText(notNull)] : []),
  ].join(' ');
}

/** The type of a new column and how its values are stored and compared. */
export function typeText({ attributes }: Fact, { to }: PlanContext): string {
  const { type, collation, storage, compression } = attributes;
  return [
    factText(type),
    ...(typeof storage === 'string' && to.server >= 'postgresql 16' ? [`storage ${storage}`] : []),
    ...(typeof compression === 'string' ? [`compression ${compression}`] : []),
    ...(typeof collation === 'string' ? [`collate ${collation}`] : []),
  ].join(' ');
}

/** `generated always as (…) stored`. */
export function generatedText({ attributes }: Fact): string {
  return `generated always as (${factText(attributes['generated'])}) ${attributes['virtual'] === true ? 'virtual' : 'stored'}`;
}

/** True: the text of the column says this part too. */
export function canStandInColumn(part: Fact, column: Fact, { to }: PlanContext): boolean {
  return part.kind === 'identity' || (part.kind === 'default' && !leadsBack(part, tableIdOf(column), to));
}

function partText(part: Fact): string {
  return part.kind === 'identity' ? identityText(part) : `default ${factText(part.attributes['expression'])}`;
}

function notNullText({ name, noInherit }: { readonly name?: string; readonly noInherit: boolean }): string {
  return `${name === undefined ? '' : `constraint ${quoted(name)} `}not null${noInherit ? ' no inherit' : ''}`;
}
