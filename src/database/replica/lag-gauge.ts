/** A moment of the primary's life: everything committed before it lies before the position. */
export interface LogMark {
  readonly position: string;
  /** By the clock of this process, in milliseconds: clocks of servers are never compared. */
  readonly at: number;
}

/** Marks that are kept of a replica that does not move: beyond them every second one is forgotten. */
const mostMarks = 120;

/**
 * How far one replica is behind: the age of the oldest mark that it has not reached. Unlike a replica's own word, that
 * is right when nothing is written, when the line between the servers is cut and when their clocks differ.
 */
export class LagGauge {
  #ahead: LogMark[] = [];
  #isKnown = false;

  /** Milliseconds; undefined until the replica has reached a first mark. */
  lagMs(now: number): number | undefined {
    if (!this.#isKnown) return undefined;
    const [oldest] = this.#ahead;
    return oldest === undefined ? 0 : now - oldest.at;
  }

  /** Asks the replica how far it has come. */
  async measure(latest: LogMark, hasReached: (position: string) => Promise<boolean>): Promise<void> {
    if (await hasReached(latest.position)) {
      this.#ahead = [];
      this.#isKnown = true;
      return;
    }
    this.#note(latest);
    for (let [oldest] = this.#ahead; oldest !== undefined; [oldest] = this.#ahead) {
      if (oldest === latest || !(await hasReached(oldest.position))) return;
      this.#ahead.shift();
      this.#isKnown = true;
    }
  }

  #note(mark: LogMark): void {
    if (this.#ahead.at(-1)?.position === mark.position) return;
    this.#ahead.push(mark);
    if (this.#ahead.length > mostMarks) this.#ahead = this.#ahead.filter((_, index) => index % 2 === 0);
  }
}
