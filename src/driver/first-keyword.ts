const beforeKeyword = /^(?:\s|\(|\/\*[^]*?\*\/|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$))*([a-z]+)/i;

/** The word that a statement begins with, in lower case: `select`, `insert`. Comments and parentheses come before it. */
export function firstKeyword(sql: string): string {
  return beforeKeyword.exec(sql)?.[1]?.toLowerCase() ?? '';
}
