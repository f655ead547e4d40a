import { factText } from '../fact-text.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { linksOf } from '../relation.ts';

/** True: `create table` itself makes this part. What needs something that needs the table first is added afterwards. */
export function canStandInTable(part: Fact, table: Fact, context: PlanContext): boolean {
  switch (part.kind) {
    case 'inheritance':
    case 'column':
      return true;
    case 'constraint':
      return (
        isOwnConstraint(part, table, context) &&
        !isSecondKey(part, table, context) &&
        !leadsBack(part, table.id, context.to)
      );
    default:
      return false;
  }
}

/** Of keys that differ in their names alone, the server makes one when they come with their table. */
function isSecondKey(constraint: Fact, table: Fact, context: PlanContext): boolean {
  if (constraint.attributes['type'] !== 'u') return false;
  const keyOf = ({ attributes }: Fact): string => factText(attributes['definition']).replace(/^PRIMARY KEY/, 'UNIQUE');
  const isKey = ({ kind, attributes }: Fact): boolean =>
    kind === 'constraint' && /^[pu]$/.test(factText(attributes['type']));
  const equal = context
    .partsOf(table, context.to)
    .filter((part) => isKey(part) && keyOf(part) === keyOf(constraint))
    .map(({ attributes, id }) => `${attributes['type'] === 'p' ? 0 : 1} ${id}`);
  return equal.toSorted()[0] !== `1 ${constraint.id}`;
}

/** True: the part's needs come back to the table (a function that takes its rows, a sequence that a column owns). */
export function leadsBack(part: Fact, tableId: string, { facts }: Structure): boolean {
  const seen = new Set<string>();
  const reaches = (id: string): boolean => {
    if (id === tableId) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    const fact = facts.get(id);
    return fact !== undefined && [...(fact.parent === undefined ? [] : [fact.parent]), ...fact.requires].some(reaches);
  };
  const isOwn = (id: string): boolean => id === tableId || isWithin(id, tableId, facts);
  return part.requires.some((id) => !isOwn(id) && reaches(id)) || part.requires.some((id) => isOwnSequence(id, facts));
}

function isOwnSequence(id: string, facts: Structure['facts']): boolean {
  const fact = facts.get(id);
  return fact?.kind === 'sequence' && fact.parent !== undefined;
}

/** A column or constraint of the table; sequences that its columns own are made on their own. */
function isWithin(id: string, tableId: string, facts: Structure['facts']): boolean {
  const fact = facts.get(id);
  return fact?.parent === tableId && (fact.kind === 'column' || fact.kind === 'constraint');
}

/** Columns that come from a parent or a type need no mention; a partition is made whole and attached afterwards. */
export function isOwnColumn(column: Fact, table: Fact, context: PlanContext): boolean {
  if (table.attributes['ofType'] !== null) return false;
  return column.notes?.['local'] === true || linksOf(table.id, context.to, context).some((l) => l.kind === 'partition');
}

function isOwnConstraint(constraint: Fact, table: Fact, context: PlanContext): boolean {
  const { type, definition } = constraint.attributes;
  if (type === 'f' || type === 'x' || factText(definition).endsWith(' NOT VALID')) return false;
  if (constraint.notes?.['indexed'] === true && constraint.notes['plainIndex'] !== true) return false;
  if (constraint.notes?.['local'] === true || constraint.notes?.['indexed'] === true) return true;
  return linksOf(table.id, context.to, context).some(({ kind }) => kind === 'partition');
}
