/** A queue that gives its smallest number first. Numbers are positions: none is in it twice. */
export class SmallestFirst {
  readonly #heap: number[] = [];

  get size(): number {
    return this.#heap.length;
  }

  add(number: number): void {
    const heap = this.#heap;
    let at = heap.push(number) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#at(above) <= this.#at(at)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  take(): number | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = this.#at(right) < this.#at(left) ? right : left;
      if (this.#at(at) <= this.#at(least)) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #at(position: number): number {
    return this.#heap[position] ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#at(a), this.#at(b)];
    this.#heap[a] = y;
    this.#heap[b] = x;
  }
}
