import { unescapeText } from './unescape-text.ts';

/** The values in the server's spelling of an enum type: `enum('a','it''s','back\\slash')`. */
export function parseEnumValues(columnType: string): readonly string[] {
  return [...columnType.matchAll(/'((?:[^'\\]|\\.|'')*)'/gs)].map(([, value = '']) => unescapeText(value));
}
