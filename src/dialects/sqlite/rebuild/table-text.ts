import { isWord, tokenize, unquote, type Token } from '../inspect/tokens.ts';
import { sqliteText } from '../text.ts';
import { foldName } from './fold-name.ts';

/** The text of a `create table`, cut where it can be put together differently. */
export interface TableText {
  readonly sql: string;
  /** What stands between the outermost commas: columns first, then constraints. */
  readonly items: readonly TableItem[];
  /** Lower-case words behind the closing bracket: `strict`, `without`, `rowid`. */
  readonly options: ReadonlySet<string>;
}

export interface TableItem {
  readonly text: string;
  readonly end: number;
  /** Present when the item is a column. */
  readonly column?: string;
}

/** Cuts the text of a `create table` as `sqlite_schema` keeps it. */
export function cutTable(sql: string): TableText {
  const tokens = tokenize(sql);
  const open = tokens.findIndex((token) => isWord(token, '('));
  const items: TableItem[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    if (isWord(token, '(')) depth++;
    if (isWord(token, ')')) depth--;
    if (depth === 0 || (depth === 1 && isWord(token, ','))) {
      items.push(itemOf(sql, tokens.slice(start, at)));
      start = at + 1;
    }
    if (depth === 0) break;
  }
  return { sql, items, options: new Set(tokens.slice(start).map(({ text }) => text.toLowerCase())) };
}

/** The same table under another name; what its expressions say of it by name follows. */
export function underName(sql: string, name: string): string {
  const tokens = tokenize(sql);
  const open = tokens.findIndex((token) => isWord(token, '('));
  const own = tokens[open - 1];
  if (own === undefined) return sql;
  const isOwn = (token: Token, at: number): boolean =>
    at === open - 1 || (at > open && sameText(token, own) && isWord(tokens[at + 1], '.'));
  return replaceTokens(sql, tokens.filter(isOwn), sqliteText.name(name));
}

/** The same virtual table under another name. */
export function underVirtualName(sql: string, name: string): string {
  const tokens = tokenize(sql);
  const own = tokens[tokens.findIndex((token) => isWord(token, 'table')) + 1];
  return own === undefined ? sql : replaceTokens(sql, [own], sqliteText.name(name));
}

/** The same table with more columns behind its last one. */
export function withColumns({ sql, items }: TableText, columns: readonly string[]): string {
  const last = items.findLast(({ column }) => column !== undefined)?.end ?? sql.length;
  return [sql.slice(0, last), ...columns.map((column) => `, ${column}`), sql.slice(last)].join('');
}

/** The text up to its last token: a comment behind it would swallow what is written after it. */
export function withoutTail(sql: string): string {
  return sql.slice(0, tokenize(sql).at(-1)?.end);
}

const constraintWords = ['constraint', 'primary', 'unique', 'check', 'foreign'];

function itemOf(sql: string, tokens: readonly Token[]): TableItem {
  const [first] = tokens;
  const end = tokens.at(-1)?.end ?? 0;
  const text = sql.slice(first?.start ?? 0, end);
  if (first === undefined || constraintWords.some((word) => isWord(first, word))) return { text, end };
  return { text, end, column: unquote(first) };
}

function sameText(a: Token, b: Token): boolean {
  return foldName(unquote(a)) === foldName(unquote(b));
}

function replaceTokens(sql: string, tokens: readonly Token[], text: string): string {
  return tokens.reduceRight((result, { start, end }) => result.slice(0, start) + text + result.slice(end), sql);
}
