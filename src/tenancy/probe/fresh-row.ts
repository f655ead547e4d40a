import { randomInt, randomUUID } from 'node:crypto';
import type { Catalog } from '../../catalog/model/catalog.ts';
import { displayName, type ObjectName } from '../../catalog/model/object-name.ts';
import { makeRow } from '../../migration/prove/make-row.ts';
import { definition, type AnyTable } from '../../schema/table/table.ts';
import type { Row } from './attempt.ts';

/** The two tenants of a probe: the one that tries, and the one whose rows it tries to reach. */
export type Side = 'own' | 'other';

/** What was planted so far. */
export interface PlantedRows {
  readonly catalog: Catalog;
  readonly tables: ReadonlyMap<string, AnyTable>;
  readonly rows: ReadonlyMap<string, Readonly<Record<Side, Row>>>;
}

/** A row of the table that is not in it yet, beneath the planted rows of a tenant; the tenant itself is left out. */
export function freshRow(
  table: AnyTable,
  planted: PlantedRows,
  side: Side,
  chosen: ReadonlyMap<string, unknown> = new Map(),
): Row {
  const { catalogTable, columns, roles } = table[definition];
  const living = roles.deletedAt === undefined ? [] : [[roles.deletedAt.columnName, null] as const];
  const made = makeRow({
    table: catalogTable,
    catalog: planted.catalog,
    number: randomInt(1_000, 30_000),
    nulls: false,
    chosen: new Map<string, unknown>([...chosen, ...living]),
    parent: ({ references }) => parentValues(references, planted, side),
  });
  const entries = columns.flatMap(({ key, columnName, builder: { definition: said } }) => {
    if (columnName === roles.tenant?.columnName || !made.has(columnName)) return [];
    const isOwnKey = said.primaryKey !== undefined && said.type.kind === 'uuid';
    return [[key, isOwnKey ? randomUUID() : made.get(columnName)] as const];
  });
  return Object.fromEntries(entries);
}

/** The values of the planted parent, in the order of the columns that a foreign key refers to. */
export function parentValues(
  { columns, ...name }: ObjectName & { readonly columns: readonly string[] },
  { tables, rows }: PlantedRows,
  side: Side,
): readonly unknown[] | undefined {
  const parent = rows.get(displayName(name))?.[side];
  const known = tables.get(displayName(name))?.[definition].columns ?? [];
  if (parent === undefined) return undefined;
  return columns.map((column) => parent[known.find(({ columnName }) => columnName === column)?.key ?? column]);
}
