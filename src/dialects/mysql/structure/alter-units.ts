import type { AlterClause } from './alter-clause.ts';
import { namesIn } from './scan.ts';

/** Clauses that must happen in one moment, in their order, with the places they have among all. */
export type AlterUnit = readonly PlacedClause[];

/** A clause and its place in the list of all clauses. */
export interface PlacedClause {
  readonly clause: AlterClause;
  readonly at: number;
  /** Every name that it speaks of. */
  readonly names: ReadonlySet<string>;
}

/** The key of clauses that only the whole statement can have. */
export const together = 'all';

/** The clauses in the smallest parts that can be statements of their own. */
export function alterUnits(clauses: readonly AlterClause[]): readonly AlterUnit[] {
  const placed = clauses.map((clause, at): PlacedClause => ({ clause, at, names: namesOf(clause) }));
  if (clauses.some(({ keys = [] }) => keys.includes(together))) return [placed];
  let units: readonly AlterUnit[] = placed.map((one) => [one]);
  for (let size = -1; size !== units.length;) {
    size = units.length;
    units = units.reduce<readonly AlterUnit[]>(joined, []);
  }
  return units.toSorted((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0));
}

/** Does something in it need what something of the other has done before? */
export function waitsFor(unit: AlterUnit, other: AlterUnit): boolean {
  return unit.some((one) => other.some((before) => before.at < one.at && isRelated(before, one)));
}

/** The list with the unit in it, as a part of the first that it belongs to. */
function joined(units: readonly AlterUnit[], unit: AlterUnit): readonly AlterUnit[] {
  const place = units.findIndex((other) => belongTogether(other, unit));
  const other = units[place];
  return other === undefined ? [...units, unit] : units.with(place, merged(other, unit));
}

function merged(one: AlterUnit, other: AlterUnit): AlterUnit {
  return [...one, ...other].toSorted((a, b) => a.at - b.at);
}

/** They share a key, or each would have to be before the other. */
function belongTogether(one: AlterUnit, other: AlterUnit): boolean {
  const keys = new Set(one.flatMap(keysOf));
  const isHeld = other.flatMap(keysOf).some((key) => keys.has(key) && !isIdle(key, [...one, ...other]));
  return isHeld || (waitsFor(one, other) && waitsFor(other, one));
}

function keysOf({ clause }: PlacedClause): readonly string[] {
  return clause.keys ?? [];
}

/** Indexes over one column have nothing to do with each other while no clause is about its numbers. */
function isIdle(key: string, clauses: readonly PlacedClause[]): boolean {
  return key.startsWith('number ') && clauses.every(({ clause }) => !/ column /.test(clause.sql.slice(0, 16)));
}

function isRelated(one: PlacedClause, other: PlacedClause): boolean {
  return [...one.names].some((name) => other.names.has(name));
}

function namesOf({ sql, about = '' }: AlterClause): ReadonlySet<string> {
  return namesIn(`${sql} ${about}`);
}
