import type { ScriptSyntax } from '../../dialect/script-syntax.ts';
import type { LintWord } from '../../dialect/lint/word.ts';
import { tokenAt } from '../script/script-tokens.ts';

/** The words of a statement, without spaces and comments; `at` is where the statement begins in its script. */
export function wordsOf(sql: string, syntax: ScriptSyntax, at: number): readonly LintWord[] {
  const words: LintWord[] = [];
  for (let place = 0; place < sql.length;) {
    const number = numberAt(sql, place);
    const token = number === undefined ? tokenAt(sql, place, syntax) : undefined;
    const text = number ?? token?.text ?? '';
    if (number !== undefined) words.push({ kind: 'number', text, at: at + place });
    else if (token?.kind === 'word') words.push({ kind: 'word', text: text.toLowerCase(), at: at + place });
    else if (token?.kind === 'quoted') words.push(quoted(text, at + place, syntax));
    else if (token?.kind === 'other') words.push({ kind: 'symbol', text, at: at + place });
    place += text.length;
  }
  return words;
}

function numberAt(sql: string, at: number): string | undefined {
  const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  number.lastIndex = at;
  return number.exec(sql)?.[0];
}

/** Where a backslash counts everywhere, double quotes stand around constants. */
function quoted(text: string, at: number, syntax: ScriptSyntax): LintWord {
  const first = text[0] ?? '';
  const isName = first === '`' || first === '[' || (first === '"' && syntax.backslash !== 'always');
  if (!isName) return { kind: 'string', text, at };
  return { kind: 'name', text: text.slice(1, -1).replaceAll(first + first, first), at };
}
