import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { definition, type AnyTable } from '../table/table.ts';
import type { JoinTable } from './relation-link.ts';

/** Which columns a relation is said to go over; the foreign keys decide where nothing is said. */
export interface RelationKeys {
  readonly from?: string | readonly string[] | undefined;
  readonly to?: string | readonly string[] | undefined;
  readonly through?: AnyTable | undefined;
}

/** One relation as it is asked for. */
export interface RelationWish {
  /** `authors.books`, for messages. */
  readonly label: string;
  readonly many: boolean;
  readonly source: AnyTable;
  readonly target: AnyTable;
  readonly keys: RelationKeys;
}

export interface ResolvedKeys {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly through?: JoinTable | undefined;
  readonly unique: boolean;
}

/** A foreign key as properties: `from` in the table that has it, `to` in the table it refers to. */
interface KeyPair {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The columns that a relation goes over. `SCHEMA_INVALID` when no foreign key leads there, or several do. */
export function resolveKeys(wish: RelationWish): ResolvedKeys {
  const { source, target, keys } = wish;
  if (keys.through !== undefined) return resolveThrough(wish, keys.through);
  const from = listOf(keys.from, source, wish);
  const to = listOf(keys.to, target, wish);
  if (from !== undefined && to !== undefined) return given(wish, from, to);
  const pairs = candidates(wish).filter(
    (pair) => (from === undefined || same(pair.from, from)) && (to === undefined || same(pair.to, to)),
  );
  const pair = only(pairs, wish, (one) => `{ from: ${quoted(one.from)}, to: ${quoted(one.to)} }`);
  const unique = isUnique(target, pair.to);
  if (!wish.many && !unique) {
    throw invalid(wish, `several rows of ${nameOf(target)} can have the same ${pair.to.join(', ')}`, 'use r.many');
  }
  return { ...pair, unique };
}

function given(wish: RelationWish, from: readonly string[], to: readonly string[]): ResolvedKeys {
  if (from.length !== to.length) throw invalid(wish, `from names ${from.length} columns and to names ${to.length}`);
  return { from, to, unique: isUnique(wish.target, to) };
}

function resolveThrough(wish: RelationWish, join: AnyTable): ResolvedKeys {
  if (!wish.many) throw invalid(wish, 'a relation through a join table has many rows', 'use r.many');
  const near = oneSide(wish, join, wish.source, 'from');
  const far = oneSide(wish, join, wish.target, 'to');
  if (same(near.from, far.from)) {
    const all = foreignKeys(join, wish.source);
    throw invalid(wish, `both sides go over ${near.from.join(', ')} of ${nameOf(join)}`, bothWays(all));
  }
  return {
    from: near.to,
    to: far.to,
    through: { table: join, near: near.from, far: far.from },
    unique: isUnique(wish.target, far.to),
  };
}

/** The foreign key of the join table that leads to one side. */
function oneSide(wish: RelationWish, join: AnyTable, side: AnyTable, word: 'from' | 'to'): KeyPair {
  const said = listOf(wish.keys[word], join, wish);
  const pairs = foreignKeys(join, side).filter((pair) => said === undefined || same(pair.from, said));
  return only(pairs, { ...wish, target: side, source: join }, (one) => `{ ${word}: ${quoted(one.from)} }`);
}

function bothWays(pairs: readonly KeyPair[]): string {
  const [first, second] = pairs.map(({ from }) => quoted(from));
  return `say { from: ${first ?? '…'}, to: ${second ?? '…'} } or the other way round`;
}

/** What the foreign keys offer: for many those that lead here; for one those that lead there, else unique ones that lead here. */
function candidates({ many, source, target }: RelationWish): readonly KeyPair[] {
  const here = foreignKeys(target, source).map(({ from, to }) => ({ from: to, to: from }));
  if (many) return here;
  const there = foreignKeys(source, target);
  return there.length > 0 ? there : here;
}

function foreignKeys(from: AnyTable, to: AnyTable): readonly KeyPair[] {
  const { name, namespace } = to[definition];
  return from[definition].catalogTable.foreignKeys
    .filter(({ references }) => references.name === name && references.namespace === namespace)
    .map(({ columns, references }) => ({
      from: columns.map((column) => keyOf(from, column)),
      to: references.columns.map((column) => keyOf(to, column)),
    }));
}

/** Can no two living rows of a tenant share these columns? */
function isUnique(table: AnyTable, keys: readonly string[]): boolean {
  const { catalogTable, columns, roles } = table[definition];
  const given = new Set(columns.filter(({ key }) => keys.includes(key)).map(({ columnName }) => columnName));
  if (roles.tenant !== undefined) given.add(roles.tenant.columnName);
  const indexed = catalogTable.indexes
    .filter(({ unique }) => unique)
    .map((index) => index.keys.map((key) => ('column' in key ? key.column : undefined)));
  const all = [
    catalogTable.primaryKey?.columns ?? [undefined],
    ...catalogTable.uniques.map((one) => one.columns),
    ...indexed,
  ];
  return all.some((names) => names.every((name) => name !== undefined && given.has(name)));
}

function only(pairs: readonly KeyPair[], wish: RelationWish, answer: (pair: KeyPair) => string): KeyPair {
  const [first, second] = pairs;
  const places = `${nameOf(wish.source)} and ${nameOf(wish.target)}`;
  if (first === undefined) {
    const hint = 'give the column .references(), or say { from: …, to: … }';
    throw invalid(wish, `no foreign key leads between ${places} this way`, hint);
  }
  if (second === undefined) return first;
  const hint = `say ${pairs.map(answer).join(' or ')}`;
  throw invalid(wish, `${pairs.length} foreign keys lead between ${places}`, hint);
}

/** The properties that were said, each of which must be there. */
function listOf(
  said: string | readonly string[] | undefined,
  table: AnyTable,
  wish: RelationWish,
): readonly string[] | undefined {
  if (said === undefined) return undefined;
  const keys = typeof said === 'string' ? [said] : said;
  const known = table[definition].columns;
  for (const key of keys) {
    if (known.some((column) => column.key === key)) continue;
    throw invalid(
      wish,
      `${nameOf(table)} has no column ${key}`,
      `the columns are ${known.map((column) => column.key).join(', ')}`,
    );
  }
  return keys;
}

function keyOf(table: AnyTable, columnName: string): string {
  return table[definition].columns.find((column) => column.columnName === columnName)?.key ?? columnName;
}

function nameOf(table: AnyTable): string {
  return table[definition].name;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, place) => key === b[place]);
}

function quoted(keys: readonly string[]): string {
  const names = keys.map((key) => `'${key}'`);
  return keys.length === 1 ? names.join('') : `[${names.join(', ')}]`;
}

function invalid({ label }: RelationWish, reason: string, hint?: string): RowhouseError {
  return new RowhouseError('SCHEMA_INVALID', `relation ${label}: ${reason}`, { details: { relation: label }, hint });
}
