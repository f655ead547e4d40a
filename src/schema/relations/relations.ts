import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { definition, type AnyTable, type DefinedColumn } from '../table/table.ts';
import { relationLinks, type RelationLink } from './relation-link.ts';
import type { Related, Tables } from './related-table.ts';
import type { AnyRelation, RelationBuilder } from './relation.ts';
import { resolveKeys, type ResolvedKeys } from './resolve-keys.ts';

type Declarations = Readonly<Record<string, Readonly<Record<string, AnyRelation>>>>;

/** Names that a filter gives another meaning. */
const reservedNames: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/**
 * Declares how tables relate, once, beside them. The keys come from the foreign keys; where several lead to the same
 * table, say which: `r.many.books({ to: 'editorId' })`. Throws `SCHEMA_INVALID` when a relation leads nowhere.
 *
 * @example
 * ```ts
 * export const library = relations({ authors, books, tags, bookTags }, (r) => ({
 *   authors: { books: r.many.books() },
 *   books: { author: r.one.authors(), tags: r.many.tags({ through: r.tables.bookTags }) },
 * }));
 *
 * const found = await database.repository(library.authors).list({ include: { books: { limit: 3 } } });
 * ```
 */
export function relations<
  T extends Tables,
  D extends { readonly [K in keyof T]?: Readonly<Record<string, AnyRelation>> },
>(tables: T, declare: (r: RelationBuilder<T>) => D): Related<T, D> {
  const declared = declare(builderOf(tables)) as Declarations;
  const links = new Map<string, readonly RelationLink[]>();
  const related = Object.fromEntries(
    Object.entries(tables).map(([key, table]) => [
      key,
      { [definition]: table[definition], [relationLinks]: () => links.get(key) ?? [] },
    ]),
  ) as unknown as Readonly<Record<string, AnyTable>>;
  for (const [key, ofTable] of Object.entries(declared)) {
    const source = tables[key];
    if (source === undefined) throw invalid(key, 'there is no such table', Object.keys(tables));
    links.set(
      key,
      Object.entries(ofTable).map(([name, relation]) =>
        linkOf(`${key}.${name}`, name, source, relation, tables, related),
      ),
    );
  }
  return related as Related<T, D>;
}

function builderOf<T extends Tables>(tables: T): RelationBuilder<T> {
  const each = (many: boolean): object =>
    Object.fromEntries(
      Object.keys(tables).map((target) => [
        target,
        ({ optional = false, ...keys }: { readonly optional?: boolean } = {}) => ({ many, target, keys, optional }),
      ]),
    );
  return { many: each(true), one: each(false), tables } as RelationBuilder<T>;
}

function linkOf(
  label: string,
  name: string,
  source: AnyTable,
  relation: AnyRelation,
  tables: Tables,
  related: Readonly<Record<string, AnyTable>>,
): RelationLink {
  const { many, keys, optional } = relation;
  const [plain, target] = [tables[relation.target], related[relation.target]];
  if (plain === undefined || target === undefined) throw invalid(label, 'it leads to no table', Object.keys(tables));
  if (reservedNames.has(name) || columnOf(source, name) !== undefined) {
    throw invalid(label, `${name} is a column or a word of filters; give the relation another name`);
  }
  const found = resolveKeys({ label, many, source, target: plain, keys });
  if (!many && !optional) refuseWrongPromise(label, name, source, plain, keys.from, found);
  return { name, many, target, ...found };
}

/**
 * The type says "never null" by the names of columns alone. Where that would be wrong, the declaration is refused, so that
 * no type promises what the rows do not keep.
 */
function refuseWrongPromise(
  label: string,
  name: string,
  source: AnyTable,
  target: AnyTable,
  said: string | readonly string[] | undefined,
  found: ResolvedKeys,
): void {
  if (columnOf(target, 'deletedAt') !== undefined) return;
  const promised = said === undefined ? [`${name}Id`] : [said].flat();
  const columns = promised.map((key) => columnOf(source, key));
  if (columns.some((column) => column === undefined || isNullable(column))) return;
  const isKept =
    promised.every((key) => found.from.includes(key)) &&
    found.from.every((key) => !isNullable(columnOf(source, key))) &&
    target[definition].roles.deletedAt === undefined &&
    hasForeignKey(source, target, found);
  if (!isKept) {
    throw new RowhouseError(
      'SCHEMA_INVALID',
      `relation ${label}: there may be no row, though ${promised.join(', ')} is never null`,
      {
        details: { relation: label },
        hint: 'say { optional: true }',
      },
    );
  }
}

function hasForeignKey(source: AnyTable, target: AnyTable, { from, to }: ResolvedKeys): boolean {
  const { name, namespace } = target[definition];
  const named = (table: AnyTable, keys: readonly string[]): string =>
    keys.map((key) => columnOf(table, key)?.columnName ?? key).join('\0');
  return source[definition].catalogTable.foreignKeys.some(
    ({ columns, references }) =>
      references.name === name &&
      references.namespace === namespace &&
      columns.join('\0') === named(source, from) &&
      references.columns.join('\0') === named(target, to),
  );
}

function columnOf(table: AnyTable, key: string): DefinedColumn | undefined {
  return table[definition].columns.find((column) => column.key === key);
}

function isNullable(column: DefinedColumn | undefined): boolean {
  return column === undefined || column.builder.definition.nullable;
}

function invalid(label: string, reason: string, known?: readonly string[]): RowhouseError {
  return new RowhouseError('SCHEMA_INVALID', `relation ${label}: ${reason}`, {
    details: { relation: label },
    hint: known === undefined ? undefined : `the tables are ${known.join(', ')}`,
  });
}
