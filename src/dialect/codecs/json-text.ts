import { jsonNull } from '../../util/json-null.ts';
import type { Codec } from '../codec.ts';
import { invalidValue } from './invalid-value.ts';
import { isText } from './text-check.ts';

/** Deeper than any engine accepts; a value that contains itself ends here. MySQL stops at 100 levels. */
const maxDepth = 100;

/** JSON documents as text. The document `null` is `jsonNull`. What JSON would change silently is refused. */
export const jsonText: Codec = {
  encode(value: unknown): string {
    if (value === null || (value !== jsonNull && !isJson(value, 0)))
      throw invalidValue('a JSON value: finite numbers, plain objects and arrays, text without NUL');
    return JSON.stringify(value);
  },
  decode(raw: unknown): unknown {
    return JSON.parse(raw as string) ?? jsonNull;
  },
};

function isJson(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      return isText(value);
    case 'number':
      return Number.isFinite(value);
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

/** A member that is undefined is left out, as JSON does. */
function isJsonObject(value: object, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members)) {
    const member = members[key];
    if (!isText(key) || (member !== undefined && !isJson(member, depth + 1))) return false;
  }
  return true;
}
