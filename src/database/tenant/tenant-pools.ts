import type { AcquireOptions, Checkout, ConnectionSource, Pool } from '../../driver/pool/pool.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** The pools of one database. */
export interface PlacePools {
  readonly write: Pool;
  readonly read?: Pool;
}

interface Place {
  readonly name: string;
  readonly opening: Promise<PlacePools>;
  opened: PlacePools | undefined;
  /** Callers that hold a connection or wait for one. */
  users: number;
  idle: NodeJS.Timeout | undefined;
}

export interface TenantPoolsOptions {
  readonly open: (name: string) => Promise<PlacePools>;
  /** Databases that may be open at the same time. */
  readonly most: number;
  /** A database nobody has used for so long is closed. */
  readonly idleMs: number;
}

/** The pools of many databases, of which a bounded number is open: opened when asked for, closed when nobody uses them. */
export class TenantPools {
  readonly #options: TenantPoolsOptions;
  /** The one longest unused first. */
  readonly #places = new Map<string, Place>();

  constructor(options: TenantPoolsOptions) {
    this.#options = options;
  }

  /** How many databases are open. */
  get size(): number {
    return this.#places.size;
  }

  /** Connections to one database, which is opened for the first of them. */
  source(name: string, purpose: 'write' | 'read'): ConnectionSource {
    const poolOf = (pools: PlacePools): Pool => (purpose === 'read' ? (pools.read ?? pools.write) : pools.write);
    return {
      take: (origin?: Error) => {
        const place = this.#places.get(name);
        if (place?.opened === undefined) return undefined;
        const checkout = poolOf(place.opened).take(origin);
        if (checkout === undefined) return undefined;
        this.#enter(place);
        return this.#counted(place, checkout);
      },
      acquire: async (options?: AcquireOptions) => {
        const place = this.#find(name);
        this.#enter(place);
        try {
          return this.#counted(place, await poolOf(await place.opening).acquire(options));
        } catch (error) {
          this.#leave(place);
          throw error;
        }
      },
      suspect: () => {
        const pools = this.#places.get(name)?.opened;
        if (pools !== undefined) poolOf(pools).suspect();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#places.values()].map(async (place) => await this.#close(place)));
  }

  #find(name: string): Place {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#makeRoom();
    const opening = this.#options.open(name);
    const place: Place = { name, opening, opened: undefined, users: 0, idle: undefined };
    this.#places.set(name, place);
    opening.then(
      (pools) => void (place.opened = pools),
      () => this.#places.delete(name),
    );
    return place;
  }

  #makeRoom(): void {
    if (this.#places.size < this.#options.most) return;
    const unused = [...this.#places.values()].find(({ users }) => users === 0);
    if (unused === undefined) {
      throw new RowhouseError('POOL_EXHAUSTED', `${this.#options.most} databases of tenants are open and in use`, {
        details: { open: this.#options.most },
        hint: 'raise `open` of the tenancy, or serve fewer tenants in one process',
      });
    }
    void this.#close(unused);
  }

  #enter(place: Place): void {
    place.users += 1;
    clearTimeout(place.idle);
    this.#places.delete(place.name);
    this.#places.set(place.name, place);
  }

  #leave(place: Place): void {
    place.users -= 1;
    if (place.users > 0) return;
    place.idle = setTimeout(() => void this.#close(place), this.#options.idleMs).unref();
  }

  #counted(place: Place, checkout: Checkout): Checkout {
    let isHeld = true;
    const leave = (): void => {
      if (isHeld) this.#leave(place);
      isHeld = false;
    };
    return {
      connection: checkout.connection,
      release: () => {
        checkout.release();
        leave();
      },
      discard: () => {
        checkout.discard();
        leave();
      },
    };
  }

  async #close(place: Place): Promise<void> {
    clearTimeout(place.idle);
    if (this.#places.get(place.name) === place) this.#places.delete(place.name);
    const pools = await place.opening.catch(() => undefined);
    await Promise.all([pools?.write.close(), pools?.read?.close()]);
  }
}
