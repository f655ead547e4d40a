import type { Source } from './given.ts';

/** Where one setting got its value: `pool.size` from `DB_POOL_SIZE`. */
export interface Origin {
  readonly setting: string;
  readonly source: Source;
}
