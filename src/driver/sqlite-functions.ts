import { decimalKey } from './decimal-key.ts';

/** A function of one argument that our SQLite drivers add to SQL. The body gets what SQLite holds; null in is null out. */
export interface SqlFunction {
  readonly name: string;
  readonly deterministic: boolean;
  readonly body: (value: unknown) => string | null;
}

/**
 * What SQLite has no function for and the dialect's SQL relies on. Every SQLite driver registers all of them on each
 * connection, as deterministic: SQLite then calls one with constant arguments once a statement, not once a row.
 */
export const sqlFunctions: readonly SqlFunction[] = [
  { name: 'rowhouse_lower', deterministic: true, body: lower },
  { name: 'rowhouse_decimal', deterministic: true, body: decimalKey },
  { name: 'rowhouse_glob', deterministic: true, body: globOfLike },
];

/** Lower case of all of Unicode; the engine's own `lower` knows the letters A to Z only. */
function lower(value: unknown): string | null {
  return isScalar(value) ? String(value).toLowerCase() : null;
}

/**
 * The GLOB pattern that matches what a LIKE pattern with escape `\` matches: GLOB is the engine's exact-case match and
 * has no escape character, so each of its own signs goes into brackets.
 */
function globOfLike(value: unknown): string | null {
  if (!isScalar(value)) return null;
  return String(value).replaceAll(/\\(?:.|$)|[%_*?[]/gsu, globSign);
}

function globSign(sign: string): string {
  if (sign === '%') return '*';
  if (sign === '_') return '?';
  const literal = sign.length > 1 ? sign.slice(1) : sign;
  return literal === '*' || literal === '?' || literal === '[' ? `[${literal}]` : literal;
}

function isScalar(value: unknown): value is string | number | bigint {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}
