import { isDeepStrictEqual } from 'node:util';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { inputError } from '../problem/input-error.ts';
import { jsonPointer } from '../../util/json-pointer.ts';

/** One operation of a JSON patch (RFC 6902), its pointers split into their parts. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: readonly string[];
  readonly from: readonly string[];
  readonly value: unknown;
}

const operators: ReadonlySet<string> = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** More operations than this are no patch of one row. */
const maxOperations = 100;

/** Reads the body of a JSON patch. What cannot be one is `REQUEST_INVALID`. */
export function readJsonPatch(body: unknown): readonly PatchOperation[] {
  if (!Array.isArray(body) || body.length > maxOperations)
    throw malformed([], `must be a list of at most ${maxOperations} operations`);
  return body.map((item: unknown, at) => readOperation(item, String(at)));
}

/** The document with the operations applied, each to the result of the one before. The given document stays as it is. */
export function applyJsonPatch(document: unknown, operations: readonly PatchOperation[]): unknown {
  const root = { '': structuredClone(document) };
  for (const [at, operation] of operations.entries()) apply(root, operation, String(at));
  return root[''];
}

function readOperation(item: unknown, at: string): PatchOperation {
  if (typeof item !== 'object' || item === null) throw malformed([at], 'must be an operation');
  const given = item as Readonly<Record<string, unknown>>;
  const { op, value } = given;
  if (typeof op !== 'string' || !operators.has(op)) throw malformed([at, 'op'], `must be ${[...operators].join(', ')}`);
  if ((op === 'add' || op === 'replace' || op === 'test') && !Object.hasOwn(given, 'value'))
    throw malformed([at, 'value'], 'is required');
  const moves = op === 'move' || op === 'copy';
  const path = readPointer(given['path'], [at, 'path']);
  const from = moves ? readPointer(given['from'], [at, 'from']) : [];
  if (op === 'move' && path.length > from.length && from.every((part, place) => part === path[place]))
    throw malformed([at, 'from'], 'must not hold the place that it moves to');
  return { op: op as PatchOperation['op'], path, from, value };
}

function readPointer(text: unknown, at: readonly string[]): readonly string[] {
  if (typeof text !== 'string' || !/^(?:\/(?:[^~/]|~[01])*)*$/.test(text))
    throw malformed(at, 'must be a JSON pointer');
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function apply(root: object, { op, path, from, value }: PatchOperation, at: string): void {
  const [place, source] = [find(root, path), find(root, from)];
  switch (op) {
    case 'test':
      if (!isDeepStrictEqual(read(place, at), value))
        throw new RowhouseError('PRECONDITION_FAILED', `the test of operation ${at} does not hold`);
      return;
    case 'add':
      return add(place, structuredClone(value), at);
    case 'remove':
      return remove(place, at);
    case 'replace':
      read(place, at);
      return put(place, structuredClone(value));
    case 'copy':
      return add(place, structuredClone(read(source, at)), at);
    case 'move': {
      const moved = read(source, at);
      remove(source, at);
      // What was found before may be elsewhere in a list now.
      return add(find(root, path), moved, at);
    }
  }
}

/** A member of an object or a list, there or not; undefined: not even what would hold it is there. */
type Place = { readonly holder: object; readonly key: string } | undefined;

function find(root: object, path: readonly string[]): Place {
  let holder: unknown = root;
  let key = '';
  for (const part of path) {
    const next: unknown = isThere({ holder: holder as object, key }) ? Reflect.get(holder as object, key) : undefined;
    if (typeof next !== 'object' || next === null) return undefined;
    [holder, key] = [next, part];
  }
  return { holder: holder as object, key };
}

function isThere({ holder, key }: NonNullable<Place>): boolean {
  return Array.isArray(holder)
    ? /^(?:0|[1-9]\d*)$/.test(key) && Number(key) < holder.length
    : Object.hasOwn(holder, key);
}

function read(place: Place, at: string): unknown {
  if (place === undefined || !isThere(place)) throw nowhere(at);
  return Reflect.get(place.holder, place.key);
}

function add(place: Place, value: unknown, at: string): void {
  if (place === undefined) throw nowhere(at);
  const { holder, key } = place;
  if (!Array.isArray(holder)) return put(place, value);
  const index = key === '-' ? holder.length : /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : Number.NaN;
  if (!(index <= holder.length)) throw nowhere(at);
  holder.splice(index, 0, value);
}

/** Defined rather than assigned, so that `__proto__` is a member like any other. */
function put(place: Place, value: unknown): void {
  if (place !== undefined)
    Object.defineProperty(place.holder, place.key, { value, writable: true, enumerable: true, configurable: true });
}

function remove(place: Place, at: string): void {
  if (place === undefined || !isThere(place)) throw nowhere(at);
  if (Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1);
  else Reflect.deleteProperty(place.holder, place.key);
}

function nowhere(at: string): RowhouseError {
  return inputError('VALUE_INVALID', 'the patch does not fit the row', [
    { pointer: jsonPointer([at]), detail: 'names a place that is not there' },
  ]);
}

function malformed(at: readonly string[], detail: string): RowhouseError {
  return inputError('REQUEST_INVALID', 'the body is no JSON patch', [{ pointer: jsonPointer(at), detail }]);
}
