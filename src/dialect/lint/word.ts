/** A word of a statement: what stands between spaces and comments. */
export interface LintWord {
  /** `word`: as written, so a keyword or a name; `name`: a quoted name. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol';
  /** A word in lower case, a quoted name without its quotes, anything else as written. */
  readonly text: string;
  /** Where it begins in the script. */
  readonly at: number;
}

/** True for a keyword: a quoted name is none. */
export function isKeyword(word: LintWord | undefined, ...texts: readonly string[]): boolean {
  return word?.kind === 'word' && texts.includes(word.text);
}
