/** The text between the quotes of a constant: `''` and backslash escapes undone. */
export function unescapeText(quoted: string): string {
  return quoted.replaceAll(/''|\\(.)/gs, (match, character: string | undefined) =>
    character === undefined ? match.slice(1) : (escapes[character] ?? character),
  );
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };
