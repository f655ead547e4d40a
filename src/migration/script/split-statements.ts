import type { CompoundSyntax, ScriptSyntax } from '../../dialect/script-syntax.ts';
import { tokenAt, type ScriptToken } from './script-tokens.ts';

/** A statement with the place where it begins in its script. */
export interface PlacedStatement {
  readonly sql: string;
  readonly at: number;
}

/**
 * The statements of a script, each without what ends it: a semicolon in a constant, a comment or the body of a routine
 * ends none.
 */
export function splitStatements(script: string, syntax: ScriptSyntax): readonly string[] {
  return placedStatements(scriptText(script), syntax).map(({ sql }) => sql);
}

/** A script as it is read: line ends are one character, and no mark of its encoding stands in front. */
export function scriptText(script: string): string {
  return script.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');
}

/** The statements of a script's text, with their places. */
export function placedStatements(text: string, syntax: ScriptSyntax): readonly PlacedStatement[] {
  const statements: PlacedStatement[] = [];
  let delimiter = ';';
  let open = newStatement(0);
  const close = (end: number): void => {
    if (open.hasContent) statements.push({ sql: text.slice(open.from, end).trim(), at: open.from });
  };
  for (let at = 0; at < text.length;) {
    const line = clientLine(text, at, open, syntax);
    if (line !== undefined) {
      delimiter = line.delimiter ?? delimiter;
      at += line.length;
      open = newStatement(at);
    } else if (text.startsWith(delimiter, at) && (delimiter !== ';' || open.depth === 0)) {
      close(at);
      at += delimiter.length;
      open = newStatement(at);
    } else {
      const token = tokenAt(text, at, syntax);
      follow(open, token, text, syntax);
      at += token.text.length;
    }
  }
  close(text.length);
  return statements;
}

interface OpenStatement {
  from: number;
  hasContent: boolean;
  /** How many `begin`, `case`, `if`… wait for their `end`. */
  depth: number;
  /** It may have a body. */
  isCompound: boolean;
  /** The last word or character that is neither space nor comment, in lower case. */
  previous: string;
}

function newStatement(from: number): OpenStatement {
  return { from, hasContent: false, depth: 0, isCompound: false, previous: '' };
}

/** A line for the client alone, where a statement could begin. */
function clientLine(
  text: string,
  at: number,
  { hasContent }: OpenStatement,
  { delimiterLines, clientLines }: ScriptSyntax,
): { readonly length: number; readonly delimiter?: string } | undefined {
  if (hasContent) return undefined;
  if (delimiterLines === true) {
    const found = /delimiter[ \t]+(\S+)[^\n]*/iy;
    found.lastIndex = at;
    const [line, delimiter] = found.exec(text) ?? [];
    if (line !== undefined && delimiter !== undefined) return { length: line.length, delimiter };
  }
  if (clientLines === undefined || text[at] !== clientLines) return undefined;
  const end = text.indexOf('\n', at);
  return { length: (end === -1 ? text.length : end) - at };
}

function follow(open: OpenStatement, token: ScriptToken, text: string, syntax: ScriptSyntax): void {
  if (token.kind === 'space' || token.kind === 'comment') return;
  if (!open.hasContent) {
    open.from = token.at;
    open.hasContent = true;
  }
  const word = token.text.toLowerCase();
  const end = token.at + token.text.length;
  const { compound } = syntax;
  open.isCompound ||= end - open.from < headCharacters && compound.starts.test(text.slice(open.from, end));
  if (token.kind === 'word' && open.isCompound) {
    if (open.previous === 'end' && flowWords.has(word)) open.previous = '';
    else if (word === 'end') open.depth -= 1;
    else if (isOpener(word, open.previous, text.slice(end, end + 1), compound)) open.depth += 1;
  }
  open.previous = word;
}

/** The first words of a statement that can have a body are never longer than this. */
const headCharacters = 400;

function isOpener(word: string, previous: string, next: string, { opens, flow }: CompoundSyntax): boolean {
  if (word === opens || word === 'case') return true;
  const isFunction = word === 'repeat' && next === '(';
  return flow === true && flowWords.has(word) && statementStarts.has(previous) && !isFunction;
}

/** What stands behind `end` to say what ends. */
const flowWords: ReadonlySet<string> = new Set(['if', 'case', 'loop', 'while', 'repeat', 'for']);

/** What stands before the first word of a statement in a body. */
const statementStarts: ReadonlySet<string> = new Set([
  ';',
  'row',
  'begin',
  'then',
  'else',
  'do',
  'loop',
  'repeat',
  ':',
]);
