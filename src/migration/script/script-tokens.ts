import type { ScriptSyntax } from '../../dialect/script-syntax.ts';

/** A piece of a script: a word, a constant or quoted name, a comment, blank space, or one other character. */
export interface ScriptToken {
  readonly kind: 'word' | 'quoted' | 'comment' | 'space' | 'other';
  readonly text: string;
  readonly at: number;
}

/** The piece of a script that begins at `at`. An unfinished constant or comment goes to the end of the text. */
export function tokenAt(text: string, at: number, syntax: ScriptSyntax): ScriptToken {
  const space = match(/\s+/y, text, at);
  if (space !== undefined) return { kind: 'space', text: space, at };
  const comment = match(syntax.lineComment, text, at) ?? blockComment(text, at, syntax);
  // What stands in a comment for some servers is a statement to them.
  if (comment !== undefined) return { kind: /^\/\*M?!/.test(comment) ? 'quoted' : 'comment', text: comment, at };
  const quoted = constant(text, at, syntax);
  if (quoted !== undefined) return { kind: 'quoted', text: quoted, at };
  const word = match(/[\p{L}_][\p{L}\p{N}_$]*/uy, text, at);
  if (word !== undefined) return { kind: 'word', text: word, at };
  return { kind: 'other', text: text.slice(at, at + 1), at };
}

function constant(text: string, at: number, syntax: ScriptSyntax): string | undefined {
  const escaped = /[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)/y;
  if (syntax.backslash === 'after-e') {
    const found = match(escaped, text, at);
    if (found !== undefined) return found;
  }
  if (syntax.dollarQuotes === true) {
    const tag = match(/\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy, text, at);
    if (tag !== undefined) return upTo(text, at, tag, tag.length);
  }
  if (syntax.brackets === true && text[at] === '[') return upTo(text, at, ']', 1);
  const plain = syntax.backslash === 'always' ? backslashQuotes : doubledQuotes;
  return match(plain, text, at);
}

const doubledQuotes = /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)/y;
const backslashQuotes = /'(?:[^'\\]|\\[^]|'')*(?:'|$)|"(?:[^"\\]|\\[^]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)/y;

function blockComment(text: string, at: number, { nestedComments }: ScriptSyntax): string | undefined {
  if (!text.startsWith('/*', at)) return undefined;
  if (nestedComments !== true) return upTo(text, at, '*/', 2);
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return text.slice(at, marks.lastIndex);
  }
  return text.slice(at);
}

function upTo(text: string, at: number, end: string, skipped: number): string {
  const found = text.indexOf(end, at + skipped);
  return found === -1 ? text.slice(at) : text.slice(at, found + end.length);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
