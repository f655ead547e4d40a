import type { RowhouseError } from '../../errors/rowhouse-error.ts';
import { parameterError } from '../problem/input-error.ts';
import type { WireField } from '../wire/wire-field.ts';
import { cutAtDot, parseCondition, type WhereNode } from './parse-condition.ts';
import { splitList } from './split-list.ts';

/** Trees deeper than this are no longer written by a person. */
const maxDepth = 8;

/** What filters may ask about: undefined for a field that is not there or not allowed. */
export type FindField = (key: string) => WireField | undefined;

/** The tree of `or=(a.eq.1,and(b.gt.2,c.not.is.null))`; `kind` is `or` or `and`, or either after `not.`. */
export function parseTree(kind: string, text: string, findField: FindField): WhereNode {
  return parseBranch(kind, text, { parameter: kind, findField }, 1);
}

/** `or`, `and`, `not.or` and `not.and` are trees, also where a field has such a name. */
export function isTree(name: string): boolean {
  return /^(?:not\.)?(?:and|or)$/.test(name);
}

interface Place {
  readonly parameter: string;
  readonly findField: FindField;
}

function parseBranch(kind: string, text: string, place: Place, depth: number): WhereNode {
  if (depth > maxDepth) throw parameterError('FILTER_INVALID', place.parameter, `is deeper than ${maxDepth} levels`);
  if (kind.startsWith('not.')) return { not: parseBranch(kind.slice(4), text, place, depth + 1) };
  const parts = splitList(text);
  if (parts === undefined || parts.length === 0) throw malformed(place);
  const nodes = parts.map((part) => parsePart(part, place, depth));
  return kind === 'or' ? { or: nodes } : { and: nodes };
}

function parsePart(part: string, place: Place, depth: number): WhereNode {
  const branch = /^((?:not\.)?(?:and|or))(\(.*\))$/s.exec(part);
  if (branch !== null) return parseBranch(branch[1] ?? '', branch[2] ?? '', place, depth + 1);
  const [key, condition] = cutAtDot(part);
  if (condition === undefined) throw malformed(place);
  const field = place.findField(key);
  if (field === undefined) throw unknownField(key, place);
  return parseCondition(field, condition, place.parameter, true);
}

/** What a client wrote is shown where it could be a name. */
function unknownField(key: string, { parameter }: Place): RowhouseError {
  const which = /^\w{1,64}$/.test(key) ? `the field ${key}, which` : 'a field that';
  return parameterError('FIELD_UNKNOWN', parameter, `names ${which} cannot be filtered by`);
}

function malformed({ parameter }: Place): RowhouseError {
  return parameterError('FILTER_INVALID', parameter, 'takes conditions in parentheses like (age.gte.18,name.is.null)');
}
