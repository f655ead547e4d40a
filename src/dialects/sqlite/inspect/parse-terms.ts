import type { TokenReader } from './token-reader.ts';
import { isWord, unquote, type Token } from './tokens.ts';

/** One part of a key: a column or an expression. */
export interface ParsedTerm {
  /** A lone name: a column, if the table has one of this name. */
  readonly name?: string;
  /** SQL without order and collation. */
  readonly text: string;
  readonly descending: boolean;
  readonly collation?: string;
}

/** Reads the bracketed list of a key that is next. */
export function parseTerms(reader: TokenReader): readonly ParsedTerm[] {
  const terms: ParsedTerm[] = [];
  reader.next();
  do terms.push(parseTerm(reader, reader.until(',', ')')));
  while (reader.take(','));
  reader.next();
  return terms;
}

function parseTerm(reader: TokenReader, written: readonly Token[]): ParsedTerm {
  const tokens = isWord(written.at(-1), 'autoincrement') ? written.slice(0, -1) : written;
  const descending = isWord(tokens.at(-1), 'desc');
  const unordered = descending || isWord(tokens.at(-1), 'asc') ? tokens.slice(0, -1) : tokens;
  const collated = unordered.length > 2 && isWord(unordered.at(-2), 'collate');
  const collation = unordered.at(-1);
  const key = withoutBrackets(collated ? unordered.slice(0, -2) : unordered);
  const [only, ...more] = key;
  return {
    ...(only !== undefined && more.length === 0 && isName(only) ? { name: unquote(only) } : {}),
    text: reader.text(key),
    descending,
    ...(collated && collation !== undefined ? { collation: unquote(collation) } : {}),
  };
}

function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'name' || token.kind === 'string';
}

/** `(a + b)` is `a + b`; `(a) + (b)` stays. */
function withoutBrackets(tokens: readonly Token[]): readonly Token[] {
  if (tokens.length < 3 || !isWord(tokens[0], '(') || !isWord(tokens.at(-1), ')')) return tokens;
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (isWord(token, '(')) depth++;
    else if (isWord(token, ')')) depth--;
    if (depth === 0 && at < tokens.length - 1) return tokens;
  }
  return withoutBrackets(tokens.slice(1, -1));
}
