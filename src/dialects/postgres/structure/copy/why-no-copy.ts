import { dependentsOf } from '../../../../dialect/structure/dependents.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import { factText } from '../fact-text.ts';
import { quoted } from '../names.ts';
import { isForeign, isForeignKey, isLink, placeOf } from '../relation.ts';
import { isUnproved } from '../table/constraint-text.ts';
import { keyTextOf } from '../table/key-text-of.ts';
import { notNullOf } from '../table/not-null-of.ts';
import { columnsOf, partsWithin, valueColumns } from './own-parts.ts';

/**
 * The columns by which the rows of a table and of its copy are found: those of a primary key or a unique constraint, never
 * null, and of the same types on both sides. The primary key comes first.
 */
export function copyKey(tableId: string, before: Structure, after: Structure): readonly string[] | undefined {
  const values = new Set(valueColumns(tableId, before, after));
  const columns = new Map(columnsOf(tableId, before).map((column) => [placeOf(column).name, column]));
  const isKept = (name: string): boolean => {
    const column = columns.get(name);
    return column !== undefined && values.has(name) && notNullOf(column)?.validated === true;
  };
  return [...before.facts.values()]
    .filter((fact) => fact.parent === tableId && after.facts.has(fact.id) && /^[pu]$/.test(typeOf(fact)))
    .toSorted((a, b) => typeOf(a).localeCompare(typeOf(b)))
    .flatMap((fact) => keyTextOf(fact) ?? [])
    .find((key) => key.columns.length > 0 && key.columns.every(isKept))?.columns;
}

/** Why a copy cannot take the place of the table; undefined when it can. `after` is the same but for the table. */
export function whyNoCopy(table: Fact, before: Structure, after: Structure): string | undefined {
  const within = partsWithin(table.id, before);
  const parts = [...before.facts.values(), ...after.facts.values()].filter(({ id }) => within.has(id));
  if (isForeign(table) || table.attributes['ofType'] !== null) return 'it is no plain table';
  if (typeof table.attributes['partitionKey'] === 'string' || isLinked(table, before))
    return 'it shares its columns with other tables';
  if (copyKey(table.id, before, after) === undefined) return 'its rows have no key to be copied by';
  const part = parts.map((one) => whyNotWith(one, table)).find((reason) => reason !== undefined);
  return part ?? whyNotAmong(table, within, before);
}

function isLinked({ id }: Fact, { facts }: Structure): boolean {
  return [...facts.values()].some((fact) => isLink(fact) && (fact.parent === id || fact.notes?.['source'] === id));
}

/** What a part of the table says against a copy. */
function whyNotWith(part: Fact, table: Fact): string | undefined {
  const { kind, attributes } = part;
  const { name } = placeOf(part);
  const definition = factText(attributes['definition']);
  if (kind === 'row security' && attributes['forced'] === true) return 'policies hide its rows from its owner too';
  if (kind === 'index' && attributes['valid'] === false) return `its index ${name} is not valid`;
  if (kind !== 'constraint') return undefined;
  if (isUnproved(part)) return `its constraint ${name} is not proved`;
  if (
    / DEFERRABLE(?: INITIALLY DEFERRED)?$/.test(definition) &&
    typeOf(part) !== 'f' &&
    !/ NOT DEFERRABLE/.test(definition)
  )
    return `its constraint ${name} may be broken for a while`;
  return typeOf(part) === 'f' && part.notes?.['target'] === table.id
    ? `its foreign key ${name} refers to itself`
    : undefined;
}

/** What else of the database says against it. */
function whyNotAmong(table: Fact, within: ReadonlySet<string>, before: Structure): string | undefined {
  const { schema } = placeOf(table);
  const facts = [...before.facts.values()];
  const published = facts.find(
    ({ kind, attributes, notes }) =>
      (kind === 'publication' && attributes['allTables'] === true) ||
      (kind === 'publication member' && notes?.['member'] === `tables in schema ${plain(schema)}`),
  );
  if (published !== undefined) return `${published.id} would publish the copy as well`;
  const member = facts.find(({ kind, requires }) => kind === 'publication member' && requires.includes(table.id));
  if (member !== undefined) return `${member.id} would not publish the new table's rows for a moment`;
  const subscription = [...facts, ...before.opaque].find(({ id }) => id.startsWith('subscription '));
  if (subscription !== undefined) return `${subscription.id} may write to it`;
  const user = usersOf(within, before).find((fact) => !canFollow(fact, before));
  return user === undefined ? undefined : `${user.id} stands on it`;
}

/** What is no part of the table and stands on it, and what stands on views that do: the nearest first. */
export function usersOf(within: ReadonlySet<string>, before: Structure): readonly Fact[] {
  const dependents = dependentsOf(before);
  const found = new Map<string, Fact>();
  const waiting = [...within];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    for (const fact of dependents(id)) {
      if (within.has(fact.id) || found.has(fact.id)) continue;
      found.set(fact.id, fact);
      if (!isForeignKey(fact)) waiting.push(fact.id);
    }
  }
  return [...found.values()];
}

/** As the server prints it. */
function plain(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : quoted(name);
}

/** True: it can be bound to the new table in the moment of the change of places. */
function canFollow(fact: Fact, structure: Structure): boolean {
  if (isForeignKey(fact)) {
    const owner = structure.facts.get(fact.parent ?? '');
    return owner !== undefined && owner.attributes['partitionKey'] === null && !isLinked(owner, structure);
  }
  const parent = structure.facts.get(fact.parent ?? '');
  return fact.kind === 'view' || parent?.kind === 'view';
}

function typeOf({ attributes }: Fact): string {
  return factText(attributes['type']);
}
