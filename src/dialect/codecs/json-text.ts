import type { RowhouseError } from '../../errors/rowhouse-error.ts';
import { jsonNull } from '../../util/json-null.ts';
import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';
import { isText } from './text-check.ts';

/** Deeper than any engine accepts; a value that contains itself ends here. MySQL stops at 100 levels. */
const maxDepth = 100;

/**
 * How JSON's writer begins a character that it cannot write as it is, NUL and lone surrogates among them. The texts of a
 * document that has none are not looked at one by one: that took longer than all other checks.
 */
const escape = String.raw`\u`;

/** JSON documents as text. The document `null` is `jsonNull`. What JSON would change silently is refused. */
export const jsonText: Codec = {
  encode(value: unknown): string {
    if (value === null || (value !== jsonNull && !isJson(value, 0))) throw notJson();
    const text = JSON.stringify(value);
    if (text.includes(escape) && !hasText(value)) throw notJson();
    return text;
  },
  decode(raw: unknown): unknown {
    return JSON.parse(raw as string) ?? jsonNull;
  },
};

/** Is it a JSON value, whatever characters its texts have? */
function isJson(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value);
    case 'string':
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return true;
      if (depth >= maxDepth) return false;
      return Array.isArray(value) ? isJsonArray(value, depth) : isJsonObject(value, depth);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      return false;
  }
}

function isJsonArray(items: readonly unknown[], depth: number): boolean {
  for (const item of items) if (!isJson(item, depth + 1)) return false;
  return true;
}

/** A member that is undefined is left out, as JSON does: its key is not in the text, so it is looked at here. */
function isJsonObject(value: object, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members)) {
    const member = members[key];
    if (member === undefined ? !isText(key) : !isJson(member, depth + 1)) return false;
  }
  return true;
}

/** Can every engine keep all texts of a JSON value, the keys among them? */
function hasText(value: unknown): boolean {
  if (typeof value === 'string') return isText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(hasText);
  return Object.entries(value).every(([key, member]) => isText(key) && hasText(member));
}

function notJson(): RowhouseError {
  return invalidValue('a JSON value: finite numbers, plain objects and arrays, text without NUL');
}
