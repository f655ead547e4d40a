import { tokenize, unquote, type Token } from '../inspect/tokens.ts';
import { sqliteText } from '../text.ts';
import { sqliteKeywords } from './keywords.ts';
import { foldName } from '../rebuild/fold-name.ts';

/**
 * SQL in one spelling: blanks, comments, the case of keywords and needless quotes are gone. Names lose their case too
 * unless they are kept, as in a view, whose columns show it.
 */
export function canonicalText(sql: string, names: 'fold' | 'keep' = 'fold'): string {
  return canonicalWords(tokenize(sql), names).join(' ');
}

/** The same without the brackets around all of it. */
export function canonicalExpression(sql: string): string {
  return withoutBrackets(canonicalWords(tokenize(sql), 'fold')).join(' ');
}

function canonicalWords(tokens: readonly Token[], names: 'fold' | 'keep'): readonly string[] {
  return tokens.map((token) => canonicalWord(token, names));
}

function canonicalWord(token: Token, names: 'fold' | 'keep'): string {
  const { kind, text } = token;
  switch (kind) {
    case 'word':
      return names === 'fold' || sqliteKeywords.has(text.toLowerCase()) ? foldName(text) : text;
    case 'name':
      return nameWord(unquote(token), names);
    case 'blob':
    case 'number':
      return foldName(text);
    case 'string':
    case 'symbol':
      return text;
  }
}

const plain = /^[a-z_][a-z0-9_]*$/i;

function nameWord(name: string, names: 'fold' | 'keep'): string {
  const isPlain = plain.test(name) && !sqliteKeywords.has(name.toLowerCase());
  const spelled = isPlain ? name : sqliteText.name(name);
  return names === 'fold' ? foldName(spelled) : spelled;
}

function withoutBrackets(words: readonly string[]): readonly string[] {
  if (words.length < 3 || words[0] !== '(' || words.at(-1) !== ')') return words;
  let depth = 0;
  for (const [at, word] of words.entries()) {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    if (depth === 0 && at < words.length - 1) return words;
  }
  return withoutBrackets(words.slice(1, -1));
}
