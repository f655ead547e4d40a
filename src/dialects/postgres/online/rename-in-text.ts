import { unquoted } from '../printed-name.ts';
import { postgresText } from '../text.ts';

/** Texts, quoted names, words, and any other character one by one. */
const token = /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|"(?:[^"]|"")+"|[A-Za-z_][\w$]*|::|[\s\S]/g;

/**
 * SQL text with one column called by another name. Words that are a function or a type are left as they are; so are
 * texts.
 */
export function renameInText(sql: string, from: string, to: string): string {
  const tokens = [...sql.matchAll(token)].map(([text]) => text);
  return tokens
    .map((text, position) => {
      const next = tokens.slice(position + 1).find((other) => other.trim() !== '');
      const isColumn = nameOf(text) === from && next !== '(' && next !== '.' && tokens[position - 1] !== '::';
      return isColumn ? postgresText.name(to) : text;
    })
    .join('');
}

/** Does the text speak of this column, as far as can be told? */
export function mentions(sql: string, column: string): boolean {
  return [...sql.matchAll(token)].some(([text]) => nameOf(text) === column);
}

function nameOf(text: string): string | undefined {
  if (text.startsWith('"')) return unquoted(text);
  return /^[A-Za-z_]/.test(text) ? text.toLowerCase() : undefined;
}
