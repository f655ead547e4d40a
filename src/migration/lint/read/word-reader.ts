import type { WrittenName } from '../../../dialect/lint/facts.ts';
import { isKeyword, type LintWord } from '../../../dialect/lint/word.ts';

/** Reads words one after the other. Asking beyond the end gives undefined. */
export class WordReader {
  private position = 0;
  private readonly words: readonly LintWord[];

  constructor(words: readonly LintWord[]) {
    this.words = words;
  }

  get done(): boolean {
    return this.position >= this.words.length;
  }

  /** Where the next word begins. */
  get at(): number {
    return (this.words[this.position] ?? this.words.at(-1))?.at ?? 0;
  }

  peek(ahead = 0): LintWord | undefined {
    return this.words[this.position + ahead];
  }

  next(): LintWord | undefined {
    const word = this.words[this.position];
    this.position += 1;
    return word;
  }

  /** True when these keywords or symbols come next, in this order. */
  isAt(...texts: readonly string[]): boolean {
    return texts.every((text, ahead) => {
      const word = this.peek(ahead);
      return isKeyword(word, text) || (word?.kind === 'symbol' && word.text === text);
    });
  }

  /** Steps over these keywords when they come next. */
  take(...texts: readonly string[]): boolean {
    const found = this.isAt(...texts);
    if (found) this.position += texts.length;
    return found;
  }

  /** Steps over one of these keywords and says which. */
  takeOne(...texts: readonly string[]): string | undefined {
    return texts.find((text) => this.take(text));
  }

  /** Steps over `if exists` or `if not exists`. */
  takeCondition(): boolean {
    return this.take('if', 'not', 'exists') || this.take('if', 'exists');
  }

  /** A name with what stands before its points. */
  name(): WrittenName {
    const { at } = this;
    const parts = [this.next()?.text ?? ''];
    while (this.isAt('.') && this.peek(1) !== undefined) {
      this.next();
      parts.push(this.next()?.text ?? '');
    }
    const [name = '', namespace] = parts.toReversed();
    return namespace === undefined ? { name, at } : { namespace, name, at };
  }

  /** Names between commas. */
  names(): readonly WrittenName[] {
    const names = [this.name()];
    while (this.take(',')) names.push(this.name());
    return names;
  }

  /** What stands in the parentheses that begin here; nothing when none do. */
  group(): readonly LintWord[] {
    if (!this.isAt('(')) return [];
    const inside: LintWord[] = [];
    let depth = 0;
    for (let word = this.next(); word !== undefined; word = this.next()) {
      if (word.kind === 'symbol' && word.text === ')') depth -= 1;
      if (depth === 0 && word.text === ')') break;
      if (depth > 0) inside.push(word);
      if (word.kind === 'symbol' && word.text === '(') depth += 1;
    }
    return inside;
  }

  /** All words that are left. */
  rest(): readonly LintWord[] {
    return this.words.slice(this.position);
  }
}

/** Words split at commas outside parentheses. */
export function splitAtCommas(words: readonly LintWord[]): readonly (readonly LintWord[])[] {
  const parts: LintWord[][] = [[]];
  let depth = 0;
  for (const word of words) {
    if (word.kind === 'symbol' && (word.text === '(' || word.text === '[')) depth += 1;
    if (word.kind === 'symbol' && (word.text === ')' || word.text === ']')) depth -= 1;
    if (depth === 0 && word.kind === 'symbol' && word.text === ',') parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((part) => part.length > 0);
}

/** True when the keyword stands among the words outside parentheses. */
export function hasKeyword(words: readonly LintWord[], ...texts: readonly string[]): boolean {
  let depth = 0;
  for (const word of words) {
    if (word.kind === 'symbol' && word.text === '(') depth += 1;
    if (word.kind === 'symbol' && word.text === ')') depth -= 1;
    if (depth === 0 && isKeyword(word, ...texts)) return true;
  }
  return false;
}
