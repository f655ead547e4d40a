/** A statement that one connection keeps prepared. */
export interface PreparedStatement {
  readonly name: string;
  /** `sent`: the server has not answered yet; until `ready` another flight must not rely on it. */
  state: 'new' | 'sent' | 'ready';
  /** Names of the result's columns once known: then the server is not asked to describe them again. */
  fields: readonly string[] | undefined;
}

/** 256: more than the statements of a large service's hot paths, and about 3 MB of plans in the server's process. */
const keptStatements = 256;

/** The named statements of one connection; beyond `limit` the least recently used ones are closed. */
export class PreparedStatements {
  readonly #limit: number;
  readonly #byName = new Map<string, PreparedStatement>();
  #closing: string[] = [];
  /** The one at the end of `#byName`: mostly the one that is used next. */
  #newest: PreparedStatement | undefined;

  constructor(limit: number = keptStatements) {
    this.#limit = limit;
  }

  /** The statement of this name, now the most recently used one. */
  use(name: string): PreparedStatement {
    if (this.#newest?.name === name) return this.#newest;
    const known = this.#byName.get(name);
    if (known !== undefined) this.#byName.delete(name);
    const statement = known ?? { name, state: 'new', fields: undefined };
    this.#byName.set(name, statement);
    this.#newest = statement;
    return statement;
  }

  /** The server may or may not have it: it is closed with the next flight, and prepared anew when used again. */
  forget(name: string): void {
    if (this.#newest?.name === name) this.#newest = undefined;
    if (this.#byName.delete(name)) this.#closing.push(name);
  }

  /** Names to close before `used` are sent: the forgotten ones and those beyond the limit. */
  takeClosing(used: readonly (PreparedStatement | undefined)[]): readonly string[] {
    if (this.#closing.length === 0 && this.#byName.size <= this.#limit) return none;
    const closing = this.#closing;
    this.#closing = [];
    const names = new Set(used.map((statement) => statement?.name));
    for (const name of this.#byName.keys()) {
      if (this.#byName.size <= this.#limit) break;
      if (names.has(name)) continue;
      this.#byName.delete(name);
      closing.push(name);
    }
    return closing;
  }
}

const none: readonly string[] = [];
