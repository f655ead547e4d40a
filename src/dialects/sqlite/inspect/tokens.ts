/** One token of SQL text. Blanks and comments are none; a comment stays with the token before it. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'blob' | 'number' | 'symbol';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What the block comment right behind the token says. */
  readonly comment?: string;
}

const pattern =
  /(?<blank>[ \t\n\f\r]+|--[^\n]*)|(?<comment>\/\*[^]*?(?:\*\/|$))|(?<blob>x'[0-9a-f]*')|(?<string>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<number>0x[0-9a-f_]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:e[+-]?[0-9]+)?)|(?<word>[a-z_$\u0080-\uffff][a-z0-9_$\u0080-\uffff]*)|(?<symbol>[^])/gi;

const kinds = ['word', 'symbol', 'name', 'string', 'number', 'blob'] as const;

/** Splits SQL text the way SQLite does: four kinds of quotes, two of comments. */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(pattern)) {
    const [text] = match;
    const groups = match.groups ?? {};
    const kind = kinds.find((candidate) => groups[candidate] !== undefined);
    const last = tokens.at(-1);
    if (kind !== undefined) tokens.push({ kind, text, start: match.index, end: match.index + text.length });
    else if (groups['comment'] !== undefined && last !== undefined && last.comment === undefined)
      tokens[tokens.length - 1] = { ...last, comment: text.slice(2, -2).trim() };
  }
  return tokens;
}

/** The name or string a token stands for, without its quotes. */
export function unquote(token: Token): string {
  const { kind, text } = token;
  if (kind !== 'name' && kind !== 'string') return text;
  const quote = text.charAt(0);
  const inner = text.slice(1, -1);
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}

/** Is the token this keyword or sign? `word` is lower case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && token.text.toLowerCase() === word;
}
