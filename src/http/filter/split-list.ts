/**
 * The parts between the commas of `(a,b(c,d),"x,y")`, parentheses and quotes respected; undefined when the text is no
 * such list. In quotes, a backslash makes the next character mean itself.
 */
export function splitList(text: string): readonly string[] | undefined {
  if (!text.startsWith('(') || !text.endsWith(')')) return undefined;
  const end = text.length - 1;
  if (end === 1) return [];
  const parts: string[] = [];
  let [start, depth, isQuoted] = [1, 0, false];
  for (let at = 1; at < end; at++) {
    const character = text[at];
    if (isQuoted) {
      if (character === '\\') at++;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
    if (depth < 0) return undefined;
  }
  return isQuoted || depth !== 0 ? undefined : [...parts, text.slice(start, end)];
}

/** The text in the quotes, or the text itself when it is not quoted. */
export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replaceAll(/\\(.)/gs, '$1');
}
