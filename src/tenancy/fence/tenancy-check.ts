import { displayName } from '../../catalog/model/object-name.ts';
import type { Database } from '../../database/database.ts';
import type { TenantGap } from '../../dialect/tenant-tables.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { SchemaModule } from '../../schema/schema.ts';
import { findTenantGaps } from './find-tenant-gaps.ts';

/**
 * Looks whether each table of tenants has its column and, where the engine keeps rows apart by itself, the policy that the
 * column makes, switched on for the owner too; `TENANT_UNFENCED` names what is missing and the statements that make it good.
 *
 * @example
 * ```ts
 * health.add('tenants', tenancyCheck(database, schema));
 * ```
 */
export function tenancyCheck(database: Pick<Database, 'pinned'>, schema: SchemaModule): () => Promise<void> {
  return async () => {
    const gaps = await findTenantGaps(database, schema);
    if (gaps.length > 0) throw unfenced(gaps);
  };
}

function unfenced(gaps: readonly TenantGap[]): RowhouseError {
  const repairs = gaps.flatMap((gap) => gap.repairs);
  const tables = new Set(gaps.map(({ table }) => displayName(table)));
  const hints = [
    ...(gaps.some((gap) => gap.repairs.length === 0) ? ['bring the database to the revisions with `rowhouse up`'] : []),
    ...(repairs.length === 0 ? [] : [`as the owner of the tables run: ${repairs.join(';\n')}`]),
  ];
  return new RowhouseError('TENANT_UNFENCED', gaps.map(({ says }) => says).join('; '), {
    details: { tables: [...tables] },
    hint: hints.join('; '),
  });
}
