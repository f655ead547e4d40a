/** More than a client has writes under way at once; the server takes no more. */
const mostTokens = 16;

/**
 * Where the writes of a client are, so that its reads see them on replicas too. Each client has one of its own; make one
 * to share it among clients, or to carry it from one process to another.
 *
 * @example
 * ```ts
 * const consistency = new Consistency(sessionStorage.getItem('writes') ?? '');
 * const api = createClient<typeof library>({ url: 'https://example.org/api', consistency });
 * await api.books.update(7, { title: 'Notes' });
 * sessionStorage.setItem('writes', consistency.token ?? '');
 * ```
 */
export class Consistency {
  #tokens: readonly string[];

  /** Begins with what another one had as its `token`; an empty text is none. */
  constructor(token = '') {
    this.#tokens = tokensIn(token);
  }

  /** What the next request carries; undefined before the first write. Writes at the same time leave several, with commas. */
  get token(): string | undefined {
    return this.#tokens.length === 0 ? undefined : this.#tokens.join(', ');
  }

  /**
   * Notes the token of a response. It is of a later moment than those that its request carried, and takes their place; of
   * requests that were under way together nobody knows whose came last, so both stay.
   */
  note(token: string, carried: string | undefined): void {
    const earlier = new Set([...tokensIn(carried ?? ''), token]);
    this.#tokens = [...this.#tokens.filter((one) => !earlier.has(one)), token].slice(-mostTokens);
  }
}

function tokensIn(text: string): readonly string[] {
  return text.split(',').flatMap((token) => token.trim() || []);
}
