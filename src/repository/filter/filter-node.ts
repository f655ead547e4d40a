import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import { encodeValue } from '../write/encode-value.ts';
import type { RelationPlan } from '../include/relation-plan.ts';
import type { Session } from '../../database/session.ts';
import type { JsonScalar, JsonTest } from '../../dialect/json-rules.ts';
import { fullTextOf } from './full-text.ts';
import { likePattern, type TextOperator } from './like-pattern.ts';
import { looksInside, parseInside } from './parse-json.ts';
import { parseRelated } from './parse-related.ts';
import { operatorNames, type OperatorName } from './where.ts';

/** A checked filter: every field and operator exists, every value is in wire form. */
export type FilterNode =
  | { readonly kind: 'all'; readonly parts: readonly FilterNode[] }
  | { readonly kind: 'any'; readonly parts: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly part: FilterNode }
  | { readonly kind: 'null'; readonly field: Field; readonly isNull: boolean }
  | { readonly kind: 'list'; readonly field: Field; readonly negated: boolean; readonly values: readonly unknown[] }
  | { readonly kind: 'compare'; readonly field: Field; readonly operator: CompareOperator; readonly value: unknown }
  | TupleNode
  | JsonNode
  | {
      readonly kind: 'json-text';
      readonly field: Field;
      readonly path: Path;
      readonly ignoreCase: boolean;
      readonly value: string;
    }
  | { readonly kind: 'json-null'; readonly field: Field; readonly path: Path }
  | { readonly kind: 'words'; readonly field: Field; readonly value: string }
  | { readonly kind: 'element'; readonly field: Field; readonly value: unknown }
  | RelatedNode;

type Path = readonly string[];

/** What stands at the path of a document is a value of this type, and passes the test. */
export interface JsonNode {
  readonly kind: 'json';
  readonly field: Field;
  readonly path: Path;
  readonly test: JsonTest;
  readonly of: JsonScalar;
  readonly value: unknown;
}

/** The fields together are one of these tuples. */
export interface TupleNode {
  readonly kind: 'tuple';
  readonly fields: readonly Field[];
  readonly tuples: readonly (readonly unknown[])[];
}

/** There is a related row for which `part` holds; negated: there is none. */
export interface RelatedNode {
  readonly kind: 'related';
  readonly relation: RelationPlan;
  /** The table that the relation belongs to. */
  readonly source: TablePlan;
  readonly negated: boolean;
  /** Which rows of the join table count. */
  readonly joined: FilterNode | undefined;
  readonly part: FilterNode | undefined;
}

export type CompareOperator = Exclude<OperatorName, 'in' | 'notIn' | 'isNull' | 'matches'>;

const textOperators: readonly string[] = [
  'like',
  'ilike',
  'contains',
  'startsWith',
  'endsWith',
] satisfies TextOperator[];
const orderOperators: ReadonlySet<OperatorName> = new Set(['gt', 'gte', 'lt', 'lte']);
const textKinds: ReadonlySet<string> = new Set(['text', 'varchar', 'char']);
const unorderedKinds: ReadonlySet<string> = new Set(['json', 'array', 'vector', 'interval']);

/** Checks a `where` against the table and encodes its values. Related rows count as far as the session reaches. */
export function parseFilter(where: object, plan: TablePlan, session: Session): FilterNode {
  const parts: FilterNode[] = [];
  for (const [key, condition] of Object.entries(where) as Iterable<[string, unknown]>) {
    const field = plan.fieldOf.get(key);
    const relation = plan.relationOf.get(key);
    if (field !== undefined) parts.push(...parseCondition(condition, field, plan));
    else if (relation !== undefined)
      parts.push(...parseRelated(condition, relation, { plan, session, parse: parseFilter }));
    else if (key === 'and') parts.push({ kind: 'all', parts: parseList(condition, key, plan, session) });
    else if (key === 'or') parts.push({ kind: 'any', parts: parseList(condition, key, plan, session) });
    else if (key === 'not')
      parts.push({ kind: 'not', part: parseFilter(asObject(condition, key, plan), plan, session) });
    else throw unknownField(key, plan);
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'all', parts };
}

function parseList(condition: unknown, key: string, plan: TablePlan, session: Session): readonly FilterNode[] {
  if (!Array.isArray(condition)) throw invalid(plan, key, `${key} takes a list of filters`);
  return condition.map((part: unknown) => parseFilter(asObject(part, key, plan), plan, session));
}

function asObject(value: unknown, key: string, plan: TablePlan): object {
  if (isPlainObject(value)) return value;
  throw invalid(plan, key, `${key} takes filters`);
}

function parseCondition(condition: unknown, field: Field, plan: TablePlan): readonly FilterNode[] {
  if (condition === undefined) {
    throw invalid(plan, field.key, 'undefined is not a condition', 'leave the key out, or say null to ask for null');
  }
  if (condition === null) return [isNull(field, true, plan)];
  if (!isPlainObject(condition)) return [compare(field, 'eq', condition, plan)];
  if (looksInside(condition, field)) return parseInside(condition, field, plan);
  return Object.entries(condition).map(([operator, value]: [string, unknown]) =>
    parseOperator(field, operator, value, plan),
  );
}

function parseOperator(field: Field, operator: string, value: unknown, plan: TablePlan): FilterNode {
  if (!isOperator(operator)) {
    throw new RowhouseError('OPERATOR_UNKNOWN', `${plan.label}.${field.key}: there is no operator ${operator}`, {
      details: { table: plan.label, field: field.key, operator },
      hint: `the operators are ${operatorNames.join(', ')}`,
    });
  }
  if (value === undefined || value === null) {
    throw invalid(
      plan,
      field.key,
      `${operator} takes a value, not ${String(value)}`,
      'ask for null with { isNull: true }',
    );
  }
  if (operator === 'isNull') {
    if (typeof value !== 'boolean') throw invalid(plan, field.key, 'isNull takes true or false');
    return isNull(field, value, plan);
  }
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(value)) throw invalid(plan, field.key, `${operator} takes a list of values`);
    refuseUnordered(field, operator, plan);
    return {
      kind: 'list',
      field,
      negated: operator === 'notIn',
      values: value.map((one: unknown) => encodeValue(field, one, plan)),
    };
  }
  if (operator === 'matches') return matches(field, value, plan);
  return compare(field, operator, value, plan);
}

function matches(field: Field, value: unknown, plan: TablePlan): FilterNode {
  if (!textKinds.has(field.type.kind)) throw misfit(field, 'matches', 'is not text', plan);
  if (typeof value !== 'string') throw invalid(plan, field.key, 'matches takes text');
  return { kind: 'words', field, value: fullTextOf(field, plan).parameter(value) };
}

function compare(field: Field, operator: CompareOperator, value: unknown, plan: TablePlan): FilterNode {
  const isText = textKinds.has(field.type.kind);
  if (isTextOperator(operator) && !isText) throw misfit(field, operator, 'is not text', plan);
  if (orderOperators.has(operator) || field.type.kind === 'json') refuseUnordered(field, operator, plan);
  if (!isTextOperator(operator)) return { kind: 'compare', field, operator, value: encodeValue(field, value, plan) };
  if (typeof value !== 'string') throw invalid(plan, field.key, `${operator} takes text`);
  return { kind: 'compare', field, operator, value: likePattern(operator, value) };
}

function refuseUnordered(field: Field, operator: OperatorName, plan: TablePlan): void {
  if (unorderedKinds.has(field.type.kind)) throw misfit(field, operator, `is ${field.type.kind}`, plan);
}

function isNull(field: Field, wanted: boolean, plan: TablePlan): FilterNode {
  if (wanted && !field.nullable) throw invalid(plan, field.key, 'the column is never null');
  return { kind: 'null', field, isNull: wanted };
}

function isTextOperator(operator: string): operator is TextOperator {
  return textOperators.includes(operator);
}

function isOperator(name: string): name is OperatorName {
  return operatorNames.some((operator) => operator === name);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function unknownField(key: string, plan: TablePlan): RowhouseError {
  return new RowhouseError('FIELD_UNKNOWN', `${plan.label} has no field ${key}`, {
    details: { table: plan.label, field: key },
    hint: `the fields are ${plan.fields.map((field) => field.key).join(', ')}`,
  });
}

function misfit(field: Field, operator: OperatorName, reason: string, plan: TablePlan): RowhouseError {
  return invalid(plan, field.key, `${operator} does not apply: the column ${reason}`);
}

function invalid(plan: TablePlan, field: string, reason: string, hint?: string): RowhouseError {
  return new RowhouseError('FILTER_INVALID', `${plan.label}.${field}: ${reason}`, {
    details: { table: plan.label, field },
    hint,
  });
}
