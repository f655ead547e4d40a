import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { ReplicaSet } from '../replica/replica-set.ts';
import type { SessionContext } from '../session-context.ts';
import { tenantScope, type TenantId } from './tenant-scope.ts';

/** Where tenants are that have a namespace, or a database, each. */
export interface PlaceOptions {
  readonly by: 'namespace' | 'database';
  /** The name of a tenant's place. */
  readonly name?: ((tenant: string) => string) | undefined;
  /** Databases that may be open at the same time; 20 unless said. */
  readonly open?: number | undefined;
  /** A database nobody has used for so long is closed; 60 s unless said. */
  readonly idleMs?: number | undefined;
}

/** What a database and its scoped sessions share. */
export interface ScopedParts {
  readonly context: SessionContext;
  readonly replicas: ReplicaSet | undefined;
  /** Absent: tenants share the tables. */
  readonly places?: TenantPlaces | undefined;
}

/** Finds the place of a tenant. */
export interface TenantPlaces {
  /** The context of sessions that work there, bound to the tenant. */
  enter(tenant: TenantId, parts: ScopedParts): ScopedParts;
  close(): Promise<void>;
}

/** Names that can stand in a path and in any engine's names. */
const plainName = /^[A-Za-z0-9_-]{1,40}$/;

/** The name of a tenant's place: what the options make of it, else `name`, for tenants that can stand in a name. */
export function placeName(tenant: TenantId, { name }: PlaceOptions, otherwise: (id: string) => string): string {
  const text = String(tenantScope(tenant).value);
  if (name !== undefined) return name(text);
  if (plainName.test(text)) return otherwise(text);
  throw new RowhouseError('TENANT_MISSING', 'the tenant cannot stand in the name of a namespace or database', {
    hint: 'say how its place is called: { by, name: (tenant) => … }',
  });
}

/** 7 → `tenant_7`. */
export function namespaceOf(id: string): string {
  return `tenant_${id}`;
}

/** A namespace for each tenant, in the connections that all share. */
export function namespacePlaces(options: PlaceOptions): TenantPlaces {
  return {
    enter(tenant, parts) {
      const { context } = parts;
      const { namespaceBinding } = context.dialect;
      if (namespaceBinding === undefined) {
        throw new RowhouseError(
          'CAPABILITY_MISSING',
          `a session of ${context.dialect.name} cannot change its namespace`,
          {
            details: { capability: 'namespaceBinding' },
            hint: "keep tenants apart by 'database'",
          },
        );
      }
      const binding = namespaceBinding(placeName(tenant, options, namespaceOf), String(tenant));
      const scope = { tenant: tenantScope(tenant), binding, check: () => undefined };
      return { ...parts, context: { ...context, scope } };
    },
    close: async () => undefined,
  };
}
