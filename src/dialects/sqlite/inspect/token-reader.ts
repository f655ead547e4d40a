import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { isWord, tokenize, unquote, type Token } from './tokens.ts';

/** Walks over the tokens of one definition. What is read was accepted by SQLite, so a surprise is a fault of ours. */
export class TokenReader {
  readonly #sql: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(sql: string) {
    this.#sql = sql;
    this.#tokens = tokenize(sql);
  }

  peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  next(): Token {
    const token = this.#tokens[this.#at++];
    if (token !== undefined) return token;
    throw new RowhouseError('INTERNAL', 'a definition of sqlite ends where more was expected', {
      details: { definition: this.#sql },
      hint: 'please report this definition',
    });
  }

  /** Is the next token one of these keywords or signs? */
  isAt(...words: readonly string[]): boolean {
    return words.some((word) => isWord(this.peek(), word));
  }

  /** Steps over the keyword or sign when it is next. */
  take(word: string): boolean {
    if (!this.isAt(word)) return false;
    this.#at++;
    return true;
  }

  /** Are the next tokens these, in this order? */
  isAtAll(...words: readonly string[]): boolean {
    return words.every((word, offset) => isWord(this.#tokens[this.#at + offset], word));
  }

  /** Steps over all of these when they are next. */
  takeAll(...words: readonly string[]): boolean {
    if (!this.isAtAll(...words)) return false;
    this.#at += words.length;
    return true;
  }

  /** The name that is next. */
  name(): string {
    return unquote(this.next());
  }

  /** Is this keyword inside the brackets that are next? */
  isInBrackets(word: string): boolean {
    const start = this.#at;
    this.next();
    const found = this.until(')').some((token) => isWord(token, word));
    this.#at = start;
    return found;
  }

  /** The tokens up to one of these signs outside brackets, which stays next. */
  until(...signs: readonly string[]): readonly Token[] {
    const start = this.#at;
    for (let depth = 0; this.peek() !== undefined && (depth > 0 || !this.isAt(...signs)); this.#at++) {
      if (this.isAt('(')) depth++;
      else if (this.isAt(')')) depth--;
    }
    return this.#tokens.slice(start, this.#at);
  }

  /** The SQL inside the brackets that are next. */
  bracketed(): string {
    this.next();
    const inner = this.until(')');
    this.next();
    return this.text(inner);
  }

  /** The SQL of these neighbouring tokens, as it is written. */
  text(tokens: readonly Token[]): string {
    return this.#sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
  }
}
