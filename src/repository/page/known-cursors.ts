import type { CursorContent } from './cursor.ts';

/** A cursor that was sealed in this process, and with what. */
export interface KnownCursor {
  readonly content: CursorContent;
  readonly secret: string;
}

/**
 * The cursors that this process sealed last: whoever brings one of them back has it from here, so it need not be checked.
 * Holds between `capacity` and twice as many; the older half is forgotten at once.
 */
export class KnownCursors {
  readonly #capacity: number;
  #recent = new Map<string, KnownCursor>();
  #earlier: ReadonlyMap<string, KnownCursor> = new Map();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(cursor: string, made: KnownCursor): void {
    if (this.#recent.size >= this.#capacity) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(cursor, made);
  }

  get(cursor: string): KnownCursor | undefined {
    return this.#recent.get(cursor) ?? this.#earlier.get(cursor);
  }
}
