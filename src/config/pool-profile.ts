import type { PoolSettings } from '../driver/pool/pool-settings.ts';

/** What we recommend for a service in production; the guide shows the variables that give it. */
export const productionPool: PoolSettings = {
  size: 20,
  overflow: 30,
  timeoutMs: 60_000,
  recycleMs: 3_600_000,
  prePing: true,
  disabled: false,
};

/** Connections that keep a database server busy without crowding it: `2 × cores + disks`, 9 for 4 cores and 1 disk. */
export function recommendedPoolSize(cpus: number, spindles: number): number {
  return 2 * cpus + spindles;
}
