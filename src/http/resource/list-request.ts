import { isTree, parseTree } from '../filter/parse-tree.ts';
import { parseCondition, type WhereNode } from '../filter/parse-condition.ts';
import { escapeLike } from '../../repository/filter/like-pattern.ts';
import { inputError, parameterError } from '../problem/input-error.ts';
import { single } from '../request/single-parameter.ts';
import type { WireField } from '../wire/wire-field.ts';
import type { Resource } from './resource.ts';
import { readShape, shapeParameters, type RowShape } from './row-shape.ts';

/** What a list request asks for, read and allowed. */
export interface ListRequest {
  readonly where: WhereNode | undefined;
  readonly order: readonly string[];
  readonly limit: number;
  readonly after: string | undefined;
  readonly before: string | undefined;
  readonly offset: number | undefined;
  readonly shape: RowShape;
}

/** Names that are no filters. A field with such a name is filtered inside `and=(…)`. */
const ownParameters: ReadonlySet<string> = new Set([
  'limit',
  'after',
  'before',
  'offset',
  'order',
  'q',
  ...shapeParameters,
]);

/** Reads the query of a list. A parameter that is not known is an error, never ignored. */
export function readListRequest(query: URLSearchParams, resource: Resource): ListRequest {
  const after = single(query, 'after');
  const before = single(query, 'before');
  const offset = readOffset(query, resource);
  if ([after, before, offset].filter((place) => place !== undefined).length > 1)
    throw inputError('REQUEST_INVALID', 'a page starts at one place', [
      {
        parameter: before === undefined ? 'offset' : 'before',
        detail: 'cannot be combined with another place to start',
      },
    ]);
  return {
    where: whereOf(query, resource),
    order: readOrder(query, resource),
    limit: readLimit(query, resource),
    after,
    before,
    offset,
    shape: readShape(query, resource),
  };
}

/** Reads a query that has filters and nothing else: which rows a change is about. */
export function readWhere(query: URLSearchParams, resource: Resource): WhereNode | undefined {
  const other = [...query.keys()].find((name) => name !== 'q' && ownParameters.has(name));
  if (other !== undefined) throw parameterError('FIELD_UNKNOWN', other, 'is not a parameter here');
  return whereOf(query, resource);
}

function whereOf(query: URLSearchParams, resource: Resource): WhereNode | undefined {
  const parts = [...readFilters(query, resource), ...readSearch(query, resource)];
  const [only] = parts;
  return parts.length > 1 ? { and: parts } : only;
}

function readFilters(query: URLSearchParams, { fields }: Resource): readonly WhereNode[] {
  if (query.size === 0) return [];
  const filterable = filterableOf(fields);
  const findField = (key: string): WireField | undefined => filterable.get(key);
  return [...query].flatMap(([name, text]) => {
    if (ownParameters.has(name)) return [];
    if (isTree(name)) return [parseTree(name, text, findField)];
    const field = filterable.get(name);
    if (field === undefined)
      throw parameterError('FIELD_UNKNOWN', name, 'is neither a parameter nor a field to filter by');
    return [parseCondition(field, text, name)];
  });
}

/** Looked up once for each resource, not for each request. */
const filterables = new WeakMap<readonly WireField[], ReadonlyMap<string, WireField>>();

function filterableOf(fields: readonly WireField[]): ReadonlyMap<string, WireField> {
  let found = filterables.get(fields);
  if (found === undefined) {
    found = new Map(fields.filter(({ filterable }) => filterable).map((field) => [field.key, field]));
    filterables.set(fields, found);
  }
  return found;
}

function readSearch(query: URLSearchParams, { search }: Resource): readonly WhereNode[] {
  const text = single(query, 'q');
  if (text === undefined) return [];
  if (search.length === 0) throw parameterError('FIELD_UNKNOWN', 'q', 'is not there: the resource has no search');
  if (text === '') throw parameterError('REQUEST_INVALID', 'q', 'must not be empty');
  const pattern = `%${escapeLike(text)}%`;
  return [{ or: search.map((key) => ({ [key]: { ilike: pattern } })) }];
}

function readOrder(query: URLSearchParams, { fields, defaultOrder }: Resource): readonly string[] {
  const text = single(query, 'order');
  if (text === undefined) return defaultOrder;
  const terms = text.split(',');
  const keys = terms.map((term) => term.replace(/^-/, ''));
  for (const key of keys) {
    if (!fields.some((field) => field.key === key && field.sortable))
      throw parameterError('ORDER_INVALID', 'order', 'names a field that cannot be ordered by');
  }
  if (new Set(keys).size !== keys.length) throw parameterError('ORDER_INVALID', 'order', 'names a field twice');
  return terms;
}

function readLimit(query: URLSearchParams, { limit }: Resource): number {
  const text = single(query, 'limit');
  if (text === undefined) return limit.default;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= limit.max) return number;
  throw parameterError('REQUEST_INVALID', 'limit', `must be a whole number from 1 to ${limit.max}`);
}

function readOffset(query: URLSearchParams, { offset }: Resource): number | undefined {
  const text = single(query, 'offset');
  if (text === undefined) return undefined;
  if (offset === 0) throw parameterError('FIELD_UNKNOWN', 'offset', 'is not allowed here: use after and before');
  if (/^\d{1,9}$/.test(text) && Number(text) <= offset) return Number(text);
  throw parameterError('REQUEST_INVALID', 'offset', `must be a whole number up to ${offset}: use after and before`);
}
