/** Text that is left as it is: a statement, and in a text of several lines what quotes one and the frames of a stack. */
const isStatement = /;$/;
const isQuoted = /^ *(?:> |at )/;

/** What stands before a sentence: its indent, and the mark of a comment in SQL. */
const beforeSentence = /^ *(?:-- +)?/;

/** Sentences in lines of at most so many columns; each goes on two columns further in, and a comment in SQL stays one. */
export function layOut(text: string, columns: number): string {
  if (isStatement.test(text)) return text;
  return text
    .split('\n')
    .map((line) => (isQuoted.test(line) ? line : folded(line, columns)))
    .join('\n');
}

/** A word that is longer than a line stays whole, so that a path or an address can be copied. */
function folded(sentence: string, columns: number): string {
  const [before = ''] = beforeSentence.exec(sentence) ?? [];
  const further = `${before}  `;
  const lines: string[] = [];
  let [rest, start] = [sentence, before.length];
  while (rest.length > columns) {
    const last = rest.lastIndexOf(' ', columns);
    const end = last > start ? last : rest.indexOf(' ', Math.max(columns, start));
    if (end === -1) break;
    lines.push(rest.slice(0, end).trimEnd());
    [rest, start] = [further + rest.slice(end).trimStart(), further.length];
  }
  return [...lines, rest].join('\n');
}
