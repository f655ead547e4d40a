/** Lets callers use one thing one at a time, in the order of asking. Costs nothing when nobody else is there. */
export class Turns {
  #isTaken = false;
  readonly #line: (() => void)[] = [];

  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Takes the turn and says so, if it is free. */
  tryEnter(): boolean {
    if (this.#isTaken) return false;
    this.#isTaken = true;
    return true;
  }

  /** Takes the turn once everybody before has left. */
  async enter(): Promise<void> {
    if (this.tryEnter()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#line.push(resolve);
    await promise;
  }

  /** Ends the turn and hands it to the next in line. */
  leave(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#isTaken = false;
    else next();
  }
}
