import { RowhouseError } from '../errors/rowhouse-error.ts';

/**
 * The variables of a `.env` file. A `#` begins a comment only after a blank, so that a password may hold one; nothing
 * is expanded; single quotes keep the text as it is, double quotes know `\n`, `\t`, `\"` and `\\`.
 */
export function parseEnvFile(text: string, path: string): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const [position, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [name, value] = assignment(line) ?? [];
    if (name === undefined || value === undefined) throw invalid(path, position + 1);
    if ((found.get(name) ?? value) !== value) throw twice(path, name);
    found.set(name, value);
  }
  return Object.fromEntries(found);
}

function assignment(line: string): readonly [string, string] | undefined {
  const [, name, written] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
  if (name === undefined || written === undefined) return undefined;
  const value = unquoted(written);
  return value === undefined ? undefined : [name, value];
}

function unquoted(written: string): string | undefined {
  switch (written[0]) {
    case "'":
      return /^'([^']*)'(\s+#.*)?$/.exec(written)?.[1];
    case '"':
      return /^"((?:[^"\\]|\\.)*)"(\s+#.*)?$/.exec(written)?.[1]?.replaceAll(/\\(.)/g, unescaped);
    case undefined:
    case '#':
      return '';
  }
  return written.replace(/\s+#.*$/, '');
}

function unescaped(sequence: string, letter: string): string {
  const meanings: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '\\': '\\' };
  return meanings[letter] ?? sequence;
}

function invalid(path: string, line: number): RowhouseError {
  return new RowhouseError('CONFIG_INVALID', `line ${line} of ${path} is not NAME=value`, {
    details: { path, line },
    hint: 'a quote that is opened is closed on the same line; a comment begins with #',
  });
}

function twice(path: string, name: string): RowhouseError {
  return new RowhouseError('CONFIG_CONFLICT', `${name} is given twice and differently in ${path}`, {
    details: { path, variable: name },
    hint: 'remove one of the two lines',
  });
}
