import type { LintWord } from '../../dialect/lint/word.ts';

/** The line and column, from 1, of a place in a text. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** The first characters of a statement on one line, without the content of its constants. */
export function excerptOf(words: readonly LintWord[], text: string): string {
  let shown = '';
  let end = words[0]?.at ?? 0;
  for (const word of words) {
    if (shown.length >= longest) break;
    const gap = end === word.at ? '' : ' ';
    shown += gap + (word.kind === 'string' ? emptied(word.text) : text.slice(word.at, word.at + lengthOf(word)));
    end = word.at + lengthOf(word);
  }
  return shown.slice(0, longest);
}

const longest = 80;

/** A quoted name is two characters longer in the text, and more where it doubles a quote: what is cut is a quote. */
function lengthOf({ kind, text }: LintWord): number {
  return kind === 'name' ? text.length + 2 : text.length;
}

function emptied(constant: string): string {
  const quote = /^(?:\$[^$]*\$|[eE]?'|"|\/\*)/.exec(constant)?.[0] ?? "'";
  if (quote === '/*') return '/*…*/';
  return `${quote}…${quote.replace(/^[eE]/, '')}`;
}
