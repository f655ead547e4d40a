import type { ErrorCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { escapeLike } from '../../repository/filter/like-pattern.ts';
import { inputError, parameterError } from '../problem/input-error.ts';
import { expectation } from '../wire/read-body.ts';
import type { WireField } from '../wire/wire-field.ts';
import { splitList, unquote } from './split-list.ts';

/** A filter of the repository, before the repository has checked it. */
export type WhereNode = Readonly<Record<string, unknown>>;

const comparisons = { eq: 'eq', neq: 'ne', gt: 'gt', gte: 'gte', lt: 'lt', lte: 'lte' } as const;

const textKinds: ReadonlySet<string> = new Set(['text', 'varchar', 'char']);

/** The operators that a filter may write, for messages and for the API's description. */
export const wireOperators: readonly string[] = [...Object.keys(comparisons), 'like', 'ilike', 'in', 'is'];

/**
 * One condition, `gte.18`, `not.in.(1,2)`, `ilike.*jo*`, `is.null`. `parameter` is where it stands, for the problem;
 * `nested` says that the value may be in quotes because commas and parentheses around it mean something.
 */
export function parseCondition(field: WireField, text: string, parameter: string, nested = false): WhereNode {
  const place = { field, parameter, nested };
  const [operator, rest] = cutAtDot(text);
  if (operator === 'not' && rest !== undefined) return { not: parseCondition(field, rest, parameter, nested) };
  if (rest === undefined || !wireOperators.includes(operator)) throw unknownOperator(operator, place);
  if (operator === 'is') return isCondition(rest, place);
  if (operator === 'in') return listCondition(rest, place);
  const value = nested ? unquote(rest) : rest;
  if (operator === 'like' || operator === 'ilike') {
    if (!textKinds.has(field.type.kind)) throw conditionError('FILTER_INVALID', place, 'is not text');
    return { [field.key]: { [operator]: wildcards(value) } };
  }
  const name = comparisons[operator as keyof typeof comparisons];
  if (field.type.kind === 'interval') throw conditionError('FILTER_INVALID', place, 'has no order to compare by');
  return { [field.key]: { [name]: readText(value, place) } };
}

/** Where a condition stands: in a parameter of its own, or nested in one that it shares with other fields. */
interface Place {
  readonly field: WireField;
  readonly parameter: string;
  readonly nested: boolean;
}

/** The error of one condition; it names the field where the parameter does not. */
function conditionError(code: ErrorCode, { field, parameter, nested }: Place, detail: string): RowhouseError {
  if (!nested) return parameterError(code, parameter, detail);
  const named = `${field.key} ${detail}`;
  return inputError(code, `in the parameter ${parameter}, ${named}`, [{ parameter, detail: named }]);
}

/** The text before the first point, and what follows it. */
export function cutAtDot(text: string): readonly [string, string | undefined] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}

function isCondition(value: string, place: Place): WhereNode {
  const { field } = place;
  if (value === 'null' && !field.nullable) throw conditionError('FILTER_INVALID', place, 'is never null');
  switch (value) {
    case 'null':
      return { [field.key]: { isNull: true } };
    case 'not_null':
      return { [field.key]: { isNull: false } };
    case 'true':
    case 'false':
      if (field.type.kind === 'boolean') return { [field.key]: { eq: value === 'true' } };
  }
  const choices = field.type.kind === 'boolean' ? 'null, not_null, true or false' : 'null or not_null';
  throw conditionError('FILTER_INVALID', place, `takes ${choices} after is.`);
}

function listCondition(text: string, place: Place): WhereNode {
  const parts = splitList(text);
  if (parts === undefined) throw conditionError('FILTER_INVALID', place, 'takes a list like (1,2) after in.');
  return { [place.field.key]: { in: parts.map((part) => readText(unquote(part), place)) } };
}

function readText(text: string, place: Place): unknown {
  const { wire } = place.field;
  if (wire.fromText === undefined)
    throw conditionError('FILTER_INVALID', place, 'can only be asked with is.null and is.not_null');
  try {
    return wire.fromText(text);
  } catch (error) {
    if (!RowhouseError.has(error, 'VALUE_INVALID')) throw error;
    throw conditionError('FILTER_INVALID', place, expectation(error));
  }
}

/** A pattern whose only wildcard is `*`; `\*` is a star itself. */
function wildcards(text: string): string {
  return text
    .split(/(\\[*\\]|\*)/)
    .map((part) => (part === '*' ? '%' : escapeLike(/^\\[*\\]$/.test(part) ? part.slice(1) : part)))
    .join('');
}

function unknownOperator(operator: string, place: Place): RowhouseError {
  const shown = /^[a-z_]{1,20}$/i.test(operator) ? ` ${operator}` : '';
  return conditionError(
    'OPERATOR_UNKNOWN',
    place,
    `has no operator${shown}; write one of ${wireOperators.join(', ')} and a point before the value`,
  );
}
