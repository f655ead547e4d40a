import type { LeaseRow } from './lease.ts';

/**
 * Tells a dead holder from one whose renewals are held up. On a cluster one long definition stops all writes everywhere,
 * and the lease of its own run expires meanwhile; as soon as they get through, the row changes. So an expired row must
 * have stayed as it is for `quietMs`, longer than a holder takes from one renewal to the next.
 */
export class ExpiryWatch {
  readonly #quietMs: number;
  #seen = '';
  #sinceMs = Number.NEGATIVE_INFINITY;

  constructor(quietMs: number) {
    this.#quietMs = quietMs;
  }

  /** Told of an expired row each time it is read. */
  isDead({ generation, expiresAt }: LeaseRow): boolean {
    const row = `${generation} ${expiresAt.getTime()}`;
    if (row !== this.#seen) {
      this.#seen = row;
      this.#sinceMs = performance.now();
    }
    return !this.isUndecided();
  }

  /** An expired row was seen, and not for long enough yet. */
  isUndecided(): boolean {
    return performance.now() - this.#sinceMs < this.#quietMs;
  }
}
