import type { AnyTable } from '../table/table.ts';

/** How the tenants of a service are kept apart. */
export type Tenancy = RowTenancy | PlaceTenancy;

/** All tenants in the same tables: each row says whose it is. */
export interface RowTenancy {
  readonly by: 'row';
  /** Tables without a tenant, whose rows are everybody's. Any other table must have one. */
  readonly shared?: readonly AnyTable[] | undefined;
}

/** Each tenant has a namespace, or a database, with all tables in it. */
export interface PlaceTenancy {
  readonly by: 'namespace' | 'database';
  /**
   * The name of a tenant's namespace or database; where databases are files, its path. When left out: `tenant_7` for a
   * namespace, and for a database the service's own name, then `_7`.
   */
  readonly name?: ((tenant: string) => string) | undefined;
  /** SQL whose first column lists the tenants, asked in the service's own database: whom `fleet --tenants` migrates. */
  readonly tenants?: string | undefined;
  /** Databases that may be open at the same time; 20 unless said. The one longest unused is closed for another. */
  readonly open?: number | undefined;
  /** A database nobody has used for so long is closed; 60 s unless said. */
  readonly idleMs?: number | undefined;
}
