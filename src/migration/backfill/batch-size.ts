import type { Backfill } from '../../dialect/definition.ts';

/** A batch that takes longer keeps others waiting for its rows. */
const longestMs = 250;

/** A batch that takes less spends too much of its time on its commit. */
const shortestMs = 100;

/** What takes a batch of fewer rows long is its commit, and half of it would take as long. */
const fewestRows = 64;

/** How many rows the next batch takes: as many as are written in 100 to 250 ms. */
export class BatchSize {
  #rows: number;
  #most: number;

  constructor({ batchRows, mostRows }: Backfill) {
    this.#rows = Math.max(1, batchRows);
    this.#most = Math.max(1, mostRows);
  }

  get rows(): number {
    return Math.min(this.#rows, this.#most);
  }

  /** The server takes no more than this at a time. */
  limit(mostRows: number): void {
    this.#most = Math.max(1, Math.min(this.#most, mostRows));
  }

  took(ms: number): void {
    if (ms > longestMs && this.rows >= 2 * fewestRows) this.halve();
    else if (ms < shortestMs || this.rows < fewestRows) this.#rows = Math.min(this.#most, this.rows * 2);
  }

  /** It met somebody else's work, or was too much: down to a single row. */
  halve(): void {
    this.#rows = Math.max(1, Math.floor(this.rows / 2));
  }
}
