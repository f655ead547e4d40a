/** The place after the quoted text, name or comment that begins at `at`; `at` itself when none begins there. */
export function afterQuoted(text: string, at: number): number {
  const quote = text[at];
  if (quote === '/' && text[at + 1] === '*')
    return text[at + 2] === '!' || text[at + 2] === 'M' ? at : afterComment(text, at);
  if (quote !== "'" && quote !== '"' && quote !== '`') return at;
  for (let place = at + 1; place < text.length; place += 1) {
    if (text[place] === '\\' && quote !== '`') place += 1;
    else if (text[place] === quote && text[place + 1] === quote) place += 1;
    else if (text[place] === quote) return place + 1;
  }
  return text.length;
}

/** The place after the group in parentheses that begins at `at`. */
export function afterGroup(text: string, at: number): number {
  let depth = 0;
  for (let place = at; place < text.length;) {
    const next = afterQuoted(text, place);
    if (next > place) {
      place = next;
      continue;
    }
    if (text[place] === '(') depth += 1;
    if (text[place] === ')') depth -= 1;
    place += 1;
    if (depth === 0) return place;
  }
  return text.length;
}

/** The place of the first match of `pattern` (sticky) outside of quotes and parentheses; the end of the text when there is none. */
export function findOutside(text: string, at: number, pattern: RegExp): number {
  for (let place = at; place < text.length;) {
    pattern.lastIndex = place;
    if (pattern.test(text)) return place;
    const next = text[place] === '(' ? afterGroup(text, place) : afterQuoted(text, place);
    place = next > place ? next : place + 1;
  }
  return text.length;
}

/** The parts of a list, cut at the commas outside of quotes and parentheses, white space included. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = findOutside(text, at, /,/y);
    parts.push(text.slice(at, end));
    at = end + 1;
  }
  return parts;
}

/** The names in backticks inside a text, without their quotes, in lower case: names of columns do not tell cases apart. */
export function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (let place = 0; place < text.length;) {
    const next = afterQuoted(text, place);
    if (text[place] === '`') names.add(unquoteName(text.slice(place, next)).toLowerCase());
    place = next > place ? next : place + 1;
  }
  return names;
}

/** The name inside its backticks. */
export function unquoteName(quoted: string): string {
  return quoted.slice(1, -1).replaceAll('``', '`');
}

function afterComment(text: string, at: number): number {
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? text.length : end + 2;
}
