import { foldName } from '../rebuild/fold-name.ts';
import { sqliteText } from '../text.ts';
import { tokenize, unquote, type Token } from './tokens.ts';

/**
 * The definition with strings in single quotes. SQLite takes a name in double quotes that means nothing for a string, unless it
 * is told not to, and spells it so itself when it drops a column of any table. `known`: all names of the database, folded.
 */
export function plainStrings(sql: string, known: ReadonlySet<string>): string {
  if (!sql.includes('"')) return sql;
  const tokens = tokenize(sql);
  const head = headOfView(tokens);
  const isName = (at: number): boolean => at < head || isNamed(tokens, at);
  const own = new Set(tokens.filter((_, at) => isName(at)).map((token) => foldName(unquote(token))));
  const isString = (token: Token, at: number): boolean =>
    isQuoted(token) && !isName(at) && ![known, own].some((names) => names.has(foldName(unquote(token))));
  let spelled = '';
  let end = 0;
  for (const [at, token] of tokens.entries()) {
    if (!isString(token, at)) continue;
    spelled += sql.slice(end, token.start) + sqliteText.literal(unquote(token));
    end = token.end;
  }
  return spelled + sql.slice(end);
}

/** How many tokens come before the query of a view: its own name and those of its columns. */
function headOfView(tokens: readonly Token[]): number {
  const words = tokens.map(({ kind, text }) => (kind === 'word' ? text.toLowerCase() : ''));
  return /^create (?:temp(?:orary)? )?view\b/.test(words.slice(0, 3).join(' ')) ? words.indexOf('as') : 0;
}

function isQuoted({ kind, text }: Token): boolean {
  return kind === 'name' && text.startsWith('"');
}

/** The words behind which a value can stand; behind others a name does, or a value that is spelled as it was given. */
const beforeValues: ReadonlySet<string> = new Set(
  'and between by case distinct else escape glob having in is like limit match not or regexp returning select then when where'.split(
    ' ',
  ),
);

/** True: the token stands where a name does and no value can: an alias, a type, a function, what has parts or is one. */
function isNamed(tokens: readonly Token[], at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token === undefined || !isQuoted(token)) return false;
  if (before === undefined || after?.text === '.' || after?.text === '(') return true;
  if (before.kind === 'symbol') return before.text === '.' || before.text === ')';
  if (before.kind !== 'word') return true;
  return !beforeValues.has(before.text.toLowerCase());
}
