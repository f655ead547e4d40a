/** What stands for a secret wherever one is printed. */
export const mask = '***';

/** `inspect.custom` of `node:util`, which need not be loaded for it. */
export const inspectCustom: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/**
 * A text that prints as `***` however it is printed: a log, JSON, as a string, in a debugger.
 *
 * @example
 * ```ts
 * const password = new Secret('correct horse');
 * console.log(password, JSON.stringify({ password })); // *** {"password":"***"}
 * password.open(); // 'correct horse', for the one line that needs it
 * ```
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    Object.defineProperty(this, inspectCustom, { value: () => mask });
  }

  open(): string {
    return this.#text;
  }

  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }
}
