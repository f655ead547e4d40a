import { afterGroup, afterQuoted, findOutside, unquoteName } from './scan.ts';
import type { ColumnPart, ColumnShape } from './table-shape.ts';

/**
 * Takes the printed definition of a column apart; nothing for one that has a clause we do not know. `tableCharset` is
 * what a column of text has that says nothing itself.
 */
export function parseColumn(text: string, tableCharset: string): ColumnShape | undefined {
  const afterName = afterQuoted(text, 0);
  const parts: Partial<Record<ColumnPart, string>> = {};
  let at = afterName + 1;
  const typeEnd = endOfType(text, at);
  parts.type = text.slice(at, typeEnd);
  for (at = typeEnd + 1; at < text.length; at += 1) {
    const found = clauseAt(text, at);
    if (found === undefined || parts[found.part] !== undefined) return undefined;
    parts[found.part] = text.slice(at, found.end);
    at = found.end;
  }
  const isText = /^(?:var)?char\b|^(?:tiny|medium|long)?text\b|^enum\(|^set\(/.test(parts.type);
  const inherited = isText && parts.characterSet === undefined ? tableCharset : '';
  return { name: unquoteName(text.slice(0, afterName)), parts, inherited };
}

/** `int(10) unsigned zerofill`: a word, its parentheses, and words in lower case. */
function endOfType(text: string, at: number): number {
  let end = at + (/^[\w$]+/.exec(text.slice(at))?.[0].length ?? 0);
  if (text[end] === '(') end = afterGroup(text, end);
  return end + (/^(?: [a-z]+\b)*/.exec(text.slice(end))?.[0].length ?? 0);
}

interface Clause {
  readonly part: ColumnPart;
  readonly end: number;
}

const fixed: readonly (readonly [ColumnPart, RegExp])[] = [
  ['characterSet', /CHARACTER SET \w+/y],
  ['collate', /COLLATE \w+/y],
  ['generated', /GENERATED ALWAYS AS ROW (?:START|END)/y],
  ['nullable', /(?:NOT )?NULL\b/y],
  ['onUpdate', /ON UPDATE \w+(?:\(\d*\))?/y],
  ['autoIncrement', /AUTO_INCREMENT\b/y],
  ['visibility', /INVISIBLE\b|\/\*!80023 INVISIBLE \*\//y],
  ['srid', /\/\*!80003 SRID \d+ \*\/|REF_SYSTEM_ID=\d+/y],
  ['compressed', /\/\*M?!\d+ COMPRESSED\*\//y],
  ['versioning', /WITH(?:OUT)? SYSTEM VERSIONING/y],
  ['storage', /\/\*!50606 STORAGE \w+ \*\//y],
  ['format', /\/\*!50606 COLUMN_FORMAT \w+ \*\//y],
];

const clauseBegins =
  / (?:ON UPDATE|AUTO_INCREMENT|COMMENT|CHECK|INVISIBLE|WITH(?:OUT)? SYSTEM VERSIONING|REF_SYSTEM_ID|COLUMN_FORMAT|STORAGE)\b| \/\*/y;

function clauseAt(text: string, at: number): Clause | undefined {
  for (const [part, pattern] of fixed) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return { part, end: pattern.lastIndex };
  }
  const rest = text.slice(at);
  if (rest.startsWith('DEFAULT ')) return { part: 'default', end: findOutside(text, at + 8, clauseBegins) };
  if (rest.startsWith('COMMENT ')) return { part: 'comment', end: afterQuoted(text, at + 8) };
  if (rest.startsWith('CHECK (')) return { part: 'check', end: afterGroup(text, at + 6) };
  if (rest.startsWith('GENERATED ALWAYS AS (')) return { part: 'generated', end: endOfGenerated(text, at + 20) };
  const attribute = /^\/\*!80021 ENGINE_ATTRIBUTE '(?:[^'\\]|\\.|'')*' \*\//.exec(rest);
  return attribute === null ? undefined : { part: 'attribute', end: at + attribute[0].length };
}

function endOfGenerated(text: string, group: number): number {
  const end = afterGroup(text, group);
  return end + (/^ (?:VIRTUAL|STORED|PERSISTENT)\b/.exec(text.slice(end))?.[0].length ?? 0);
}
