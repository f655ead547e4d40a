/** Texts whose reading is remembered: shapes come from code, so a service has dozens. */
const capacity = 1_000;

/**
 * The text of a statement with `?` in place of every constant in it, and without its comments: what may be written down
 * or sent away. `quote` is the character that the engine puts around names.
 */
export function withoutConstants(sql: string, quote: string): string {
  const readings = quote === '"' ? standardTexts : backtickTexts;
  const known = readings.get(sql);
  if (known !== undefined) return known;
  const text = sql
    .replaceAll(quote === '"' ? standard : backtick, (found) => (isKept(found, quote) ? found : shortened(found)))
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (readings.size >= capacity) readings.clear();
  readings.set(sql, text);
  return text;
}

const standardTexts = new Map<string, string>();
const backtickTexts = new Map<string, string>();

const number = String.raw`\$\d+|\b\d[\w.]*`;

/** Constants, names in quotes, places of values and comments; a constant that does not end goes to the end. */
const standard = new RegExp(
  [
    String.raw`\b[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)`,
    String.raw`'(?:[^']|'')*(?:'|$)`,
    String.raw`\$(\w*)\$[\s\S]*?(?:\$\1\$|$)`,
    String.raw`"(?:[^"]|"")*(?:"|$)`,
    String.raw`--[^\n]*|/\*[\s\S]*?(?:\*/|$)`,
    number,
  ].join('|'),
  'g',
);

const backtick = new RegExp(
  [
    String.raw`'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)`,
    String.raw`"(?:[^"\\]|\\[\s\S]|"")*(?:"|$)`,
    String.raw`${'`'}(?:[^${'`'}]|${'``'})*(?:${'`'}|$)`,
    String.raw`--\s[^\n]*|#[^\n]*|/\*[\s\S]*?(?:\*/|$)`,
    number,
  ].join('|'),
  'g',
);

function isKept(found: string, quote: string): boolean {
  return found.startsWith(quote) || /^\$\d+$/.test(found);
}

function shortened(found: string): string {
  return found.startsWith('--') || found.startsWith('#') || found.startsWith('/*') ? ' ' : '?';
}
