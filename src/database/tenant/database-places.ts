import { existsSync } from 'node:fs';
import { parse, format } from 'node:path';
import type { Engine } from '../../dialect/engine.ts';
import type { Target } from '../../driver/target.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { placeOf } from '../connector.ts';
import { placeName, type PlaceOptions, type TenantPlaces } from './tenant-places.ts';
import { TenantPools, type PlacePools } from './tenant-pools.ts';
import { tenantScope } from './tenant-scope.ts';

/** What opens the database of a tenant. */
export interface PlaceOpener {
  readonly engine: Engine;
  /** The service's own database: the same server, account and parameters. */
  readonly target: Target;
  readonly open: (target: Target) => Promise<PlacePools>;
}

const mostOpen = 20;

/** Longer than the pauses between the requests of somebody at work. */
const usualIdleMs = 60_000;

/** A database for each tenant, on the server of the service or beside its file. */
export function databasePlaces(options: PlaceOptions, { engine, target, open }: PlaceOpener): TenantPlaces {
  const pools = new TenantPools({
    open: async (database) => {
      if (engine.inFile && !existsSync(database)) throw noDatabase(database);
      return await open({ ...target, database });
    },
    most: options.open ?? mostOpen,
    idleMs: options.idleMs ?? usualIdleMs,
  });
  return {
    enter(tenant, { context }) {
      const database = placeName(tenant, options, (id) => databaseOf(target.database, id, engine.inFile));
      const writers = pools.source(database, 'write');
      const scope = {
        tenant: tenantScope(tenant),
        binding: context.dialect.rowFence?.bind(String(tenant)),
        check: () => undefined,
      };
      return {
        replicas: undefined,
        context: {
          ...context,
          scope,
          writers,
          rescuers: writers,
          readers: pools.source(database, 'read'),
          inMemory: false,
          source: { ...context.source, where: placeOf({ ...target, database }), database },
        },
      };
    },
    close: async () => await pools.close(),
  };
}

/** `shop` and 7 → `shop_7`; `data/shop.db` and 7 → `data/shop_7.db`. */
export function databaseOf(own: string, id: string, inFile: boolean): string {
  if (!inFile) return `${own}_${id}`;
  const { dir, name, ext } = parse(own);
  return format({ dir, name: `${name}_${id}`, ext });
}

/** Opening would make an empty file, and the tenant would seem to have lost everything. */
function noDatabase(path: string): RowhouseError {
  return new RowhouseError('DATABASE_NOT_FOUND', `there is no database ${path}`, {
    details: { path },
    hint: 'create it; `rowhouse fleet up --tenants` then makes its tables',
  });
}
