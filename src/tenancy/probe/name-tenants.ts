import { randomInt, randomUUID } from 'node:crypto';
import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { TenantId } from '../../database/tenant/tenant-scope.ts';
import { definition, type AnyTable, type DefinedColumn } from '../../schema/table/table.ts';
import { parentValues, type PlantedRows, type Side } from './fresh-row.ts';

/** Two tenants that nobody is: planted ones where tenants have a table of their own, else values of the column's type. */
export function nameTenants(tables: readonly AnyTable[], planted: PlantedRows): Readonly<Record<Side, TenantId>> {
  for (const table of tables) {
    const { catalogTable, roles } = table[definition];
    for (const { columns, references } of catalogTable.foreignKeys) {
      if (columns.length !== 1 || columns[0] !== roles.tenant?.columnName) continue;
      const [own] = parentValues(references, planted, 'own') ?? [];
      const [other] = parentValues(references, planted, 'other') ?? [];
      if (isTenantId(own) && isTenantId(other)) return { own, other };
    }
  }
  const column = tables[0]?.[definition].roles.tenant;
  return { own: unusedName(column), other: unusedName(column) };
}

function isTenantId(value: unknown): value is TenantId {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}

function unusedName(column: DefinedColumn | undefined): TenantId {
  const type = column?.builder.definition.type ?? { kind: 'uuid' };
  const make = makers[type.kind];
  if (make !== undefined) return make();
  const text = randomUUID();
  return 'length' in type ? text.replaceAll('-', '').slice(0, type.length) : text;
}

const makers: Readonly<Partial<Record<ColumnType['kind'], () => TenantId>>> = {
  smallint: () => randomInt(20_000, 32_000),
  integer: () => randomInt(1_000_000_000, 2_000_000_000),
  bigint: () => BigInt(randomInt(1_000_000_000, 2_000_000_000)),
};
