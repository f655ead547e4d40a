import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import { namesIn } from './scan.ts';
import type { CheckShape, ColumnShape, IndexShape, TableShape } from './table-shape.ts';

/** What tells two states of a table apart, foreign keys aside. */
export interface TableChanges {
  readonly from: TableShape;
  readonly to: TableShape;
  readonly columns: MemberChanges<ColumnShape>;
  readonly indexes: MemberChanges<IndexShape>;
  readonly checks: MemberChanges<CheckShape>;
}

/** What becomes of the columns, the indexes or the checks of a table. */
export interface MemberChanges<Shape> {
  readonly dropped: readonly Shape[];
  readonly added: readonly Shape[];
  /** Different, and changed where they stand. */
  readonly changed: readonly (readonly [Shape, Shape])[];
  /** Dropped and made again in the same statement. */
  readonly recreated: readonly (readonly [Shape, Shape])[];
}

/** Compares two states of a table. */
export function tableChanges(from: TableShape, to: TableShape): TableChanges {
  const columns = compareMembers(from.columns, to.columns, ([, after], recreated) =>
    isRecreated(from, after, recreated),
  );
  const again = columns.recreated.map(([{ name }]) => name.toLowerCase());
  const touched = (text: string): boolean => again.some((name) => namesIn(text).has(name));
  // Indexes take the block size of their table when they are made, and keep it.
  const blocksDiffer = from.frame.options['KEY_BLOCK_SIZE'] !== to.frame.options['KEY_BLOCK_SIZE'];
  return {
    from,
    to,
    columns,
    indexes: compareMembers(
      from.indexes,
      to.indexes,
      ([before, after]) => blocksDiffer || touched(before.columns) || touched(after.columns),
    ),
    checks: compareMembers(from.checks, to.checks, ([before]) => touched(before.expression)),
  };
}

/** Does the server refuse to turn the column of that name into this one where it stands? */
function isRecreated(from: TableShape, after: ColumnShape, recreated: ReadonlySet<string>): boolean {
  const before = from.columns.find(({ name }) => sameName(name, after.name));
  const expression = before?.parts.generated ?? '';
  const leans = [...namesIn(expression)].some((name) => recreated.has(name));
  return leans || isVirtual(before) !== isVirtual(after);
}

/** Is it worked out when it is read? */
export function isVirtual(column: ColumnShape | undefined): boolean {
  return (
    column?.parts.generated !== undefined && !/ (?:STORED|PERSISTENT)$|ROW (?:START|END)$/.test(column.parts.generated)
  );
}

/** Do both name the same column or index? Upper and lower case do not count. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

interface Named {
  readonly name: string;
}

function compareMembers<Shape extends Named>(
  from: readonly Shape[],
  to: readonly Shape[],
  mustRecreate: (pair: readonly [Shape, Shape], recreated: ReadonlySet<string>) => boolean,
): MemberChanges<Shape> {
  const before = new Map(from.map((one) => [one.name.toLowerCase(), one]));
  const after = new Map(to.map((one) => [one.name.toLowerCase(), one]));
  const both = [...after].flatMap(([name, shape]) => {
    const old = before.get(name);
    return old === undefined ? [] : [[old, shape] as const];
  });
  const again = new Set<string>();
  // What leans on a member that is made again is made again too; so the list is walked until it no longer grows.
  for (let size = -1; size < again.size;) {
    size = again.size;
    for (const pair of both) if (mustRecreate(pair, again)) again.add(pair[1].name.toLowerCase());
  }
  const isAgain = ([, { name }]: readonly [Shape, Shape]): boolean => again.has(name.toLowerCase());
  return {
    dropped: from.filter(({ name }) => !after.has(name.toLowerCase())),
    added: to.filter(({ name }) => !before.has(name.toLowerCase())),
    changed: both.filter((pair) => !isAgain(pair) && canonicalJson(pair[0]) !== canonicalJson(pair[1])),
    recreated: both.filter(isAgain),
  };
}
