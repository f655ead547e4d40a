import { createHash } from 'node:crypto';
import type { Catalog } from './catalog.ts';
import type { ObjectName } from './object-name.ts';
import type { RawObject } from './raw-object.ts';
import type { Table } from './table.ts';

/** What the names of parked tables and columns begin with. */
export const parkedPrefix = 'rowhouse_parked_';

/** Where tables are parked that can move to another namespace. */
export const parkedNamespace = 'rowhouse_parked';

/** The shortest limit among the engines, so that a name is the same on all of them. */
const mostBytes = 63;

/** The name of a table or column while it is parked in its place. */
export function parkedName(name: string, mark?: string): string {
  return fitted(joined(parkedNamespace, mark, name));
}

/**
 * A table while it is parked in a namespace of its mark and of where it was: names of indexes are taken for the whole of a
 * namespace.
 */
export function parkedTable({ namespace, name }: ObjectName, mark?: string): Required<ObjectName> {
  return { namespace: fitted(joined(parkedNamespace, mark, namespace)), name };
}

function joined(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join('_');
}

/** The catalog without what is parked in it: no part of what a database is defined to be. */
export function withoutParked(catalog: Catalog): Catalog {
  return {
    namespaces: catalog.namespaces.filter((name) => !isParkedNamespace(name)),
    enums: catalog.enums.filter(isInPlace),
    sequences: catalog.sequences.filter(isInPlace),
    tables: catalog.tables.filter(isInPlace).map(withoutParkedColumns),
    views: catalog.views.filter(isInPlace),
    raw: catalog.raw.filter((object) => isInPlace(object) && !isOfParked(object)),
  };
}

function isInPlace({ namespace, name }: ObjectName): boolean {
  return !(namespace !== undefined && isParkedNamespace(namespace)) && !isParkedName(name);
}

function isParkedNamespace(name: string): boolean {
  return name === parkedNamespace || isParkedName(name);
}

function isOfParked({ table }: RawObject): boolean {
  return table !== undefined && isParkedName(table);
}

/** What still hangs on a parked column is parked with it. */
function withoutParkedColumns(table: Table): Table {
  if (!table.columns.some(({ name }) => isParkedName(name))) return table;
  const isKept = ({ columns }: { readonly columns: readonly string[] }): boolean => !columns.some(isParkedName);
  return {
    ...table,
    columns: table.columns.filter(({ name }) => !isParkedName(name)),
    uniques: table.uniques.filter(isKept),
    foreignKeys: table.foreignKeys.filter(isKept),
    indexes: table.indexes.filter(({ keys }) => !keys.some(({ column }) => isParkedName(column ?? ''))),
  };
}

function isParkedName(name: string): boolean {
  return name.startsWith(parkedPrefix);
}

/** The name; cut and marked with 8 hex digits of a hash where it would be too long. */
function fitted(name: string): string {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  const suffix = `_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  let kept = name;
  while (Buffer.byteLength(kept) + suffix.length > mostBytes) kept = Array.from(kept).slice(0, -1).join('');
  return kept + suffix;
}
