/** SQL text around its named parameters: one text more than names. */
export interface NamedText {
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

/**
 * What can hold a colon that begins no parameter: strings, quoted names, comments, a cast with `::`. Last comes a
 * parameter.
 */
const parts = new RegExp(
  [
    String.raw`'(?:[^']|'')*'`,
    String.raw`"(?:[^"]|"")*"`,
    '`(?:[^`]|``)*`',
    String.raw`(?<![\w$])\$(\w*)\$[\s\S]*?\$\1\$`,
    String.raw`--[^\n]*`,
    String.raw`/\*[\s\S]*?\*/`,
    '::',
    String.raw`(?<!\w):([A-Za-z_]\w*)`,
  ].join('|'),
  'g',
);

/** Cuts SQL text at its named parameters, `:active`. */
export function splitNamed(text: string): NamedText {
  const texts: string[] = [];
  const names: string[] = [];
  let from = 0;
  for (const match of text.matchAll(parts)) {
    const [whole, , name] = match;
    if (name === undefined) continue;
    texts.push(text.slice(from, match.index));
    names.push(name);
    from = match.index + whole.length;
  }
  return { texts: [...texts, text.slice(from)], names };
}
