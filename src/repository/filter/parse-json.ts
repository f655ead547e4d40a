import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { JsonScalar, JsonTest } from '../../dialect/json-rules.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import { encodeValue } from '../write/encode-value.ts';
import type { FilterNode } from './filter-node.ts';
import { likePattern, type TextOperator } from './like-pattern.ts';

type Scalar = string | number | boolean;

const comparisons: readonly string[] = ['eq', 'gt', 'gte', 'lt', 'lte'] satisfies JsonTest[];
const elementWords: readonly string[] = ['has', 'hasAny', 'hasAll'];
const textWords: readonly string[] = ['like', 'ilike', 'contains', 'startsWith', 'endsWith'] satisfies TextOperator[];
const words: readonly string[] = [...comparisons, 'ne', 'in', 'notIn', 'isNull', ...textWords, ...elementWords];

/** Does a condition look into the column: at a path of a document, or for elements of an array? */
export function looksInside(condition: Readonly<Record<string, unknown>>, { type }: Field): boolean {
  if (type.kind !== 'json' && type.kind !== 'array') return false;
  return Object.keys(condition).some((word) => word === 'path' || elementWords.includes(word));
}

/** Checks a condition on what is inside a JSON document or an array. */
export function parseInside(
  condition: Readonly<Record<string, unknown>>,
  field: Field,
  plan: TablePlan,
): readonly FilterNode[] {
  const { path: given, ...tests } = condition;
  const inside = new Inside(field, given === undefined ? [] : checkPath(given, field, plan), plan);
  const entries = Object.entries(tests);
  if (entries.length === 0) throw invalid(field, plan, 'a path needs an operator beside it');
  return entries.map(([word, value]) => inside.parse(word, value));
}

/** The place inside a column that a condition speaks of. */
class Inside {
  private readonly field: Field;
  private readonly path: readonly string[];
  private readonly plan: TablePlan;

  constructor(field: Field, path: readonly string[], plan: TablePlan) {
    this.field = field;
    this.path = path;
    this.plan = plan;
  }

  parse(word: string, value: unknown): FilterNode {
    this.refuseMisfit(word, value);
    if (word === 'ne') return not(this.test('eq', value));
    if (word === 'isNull') return this.isNull(value);
    if (isTextWord(word)) return this.text(word, value);
    if (word === 'has') return this.test('has', value);
    if (!Array.isArray(value)) {
      if (comparisons.includes(word)) return this.test(word as JsonTest, value);
      throw invalid(this.field, this.plan, `${word} takes a list of values`);
    }
    const tests = value.map((one: unknown) => this.test(elementWords.includes(word) ? 'has' : 'eq', one));
    if (word === 'hasAll') return { kind: 'all', parts: tests };
    const any: FilterNode = { kind: 'any', parts: tests };
    return word === 'notIn' ? not(any) : any;
  }

  private test(test: JsonTest, value: unknown): FilterNode {
    const { field, path, plan } = this;
    if (field.type.kind === 'array') return { kind: 'element', field, value: encodeElement(field, value, plan) };
    const of = this.scalarOf(value);
    if (of === 'boolean' && test !== 'eq' && test !== 'has')
      throw invalid(field, plan, `${test} does not apply to true and false`);
    const parameter = plan.dialect.queries.json.parameter(test, value as Scalar);
    return { kind: 'json', field, path, test, of, value: parameter };
  }

  private isNull(value: unknown): FilterNode {
    if (typeof value !== 'boolean') throw invalid(this.field, this.plan, 'isNull takes true or false');
    const node: FilterNode = { kind: 'json-null', field: this.field, path: this.path };
    return value ? node : not(node);
  }

  private text(word: TextOperator, value: unknown): FilterNode {
    const { field, path, plan } = this;
    if (typeof value !== 'string') throw invalid(field, plan, `${word} takes text`);
    return { kind: 'json-text', field, path, ignoreCase: word === 'ilike', value: likePattern(word, value) };
  }

  private refuseMisfit(word: string, value: unknown): void {
    const { field, path, plan } = this;
    if (!words.includes(word)) {
      throw new RowhouseError('OPERATOR_UNKNOWN', `${plan.label}.${field.key}: there is no operator ${word}`, {
        details: { table: plan.label, field: field.key, operator: word },
        hint: `the operators inside a document are ${words.join(', ')}`,
      });
    }
    if (value === undefined || value === null)
      throw invalid(field, plan, `${word} takes a value, not ${String(value)}`);
    const isArray = field.type.kind === 'array';
    if (isArray && (path.length > 0 || !elementWords.includes(word)))
      throw invalid(field, plan, `${word} does not apply: the column is an array`);
    if (!isArray && path.length === 0 && !elementWords.includes(word))
      throw invalid(field, plan, `${word} on a document needs a path`);
  }

  private scalarOf(value: unknown): JsonScalar {
    if (typeof value === 'string' || typeof value === 'boolean') return typeof value as JsonScalar;
    if (typeof value === 'number' && Number.isFinite(value)) return 'number';
    throw invalid(this.field, this.plan, 'a value inside a document is compared with text, a number, true or false');
  }
}

function isTextWord(word: string): word is TextOperator {
  return textWords.includes(word);
}

function checkPath(path: unknown, field: Field, plan: TablePlan): readonly string[] {
  const isPath = Array.isArray(path) && path.length > 0 && path.every((name) => typeof name === 'string');
  // Not every engine can quote these two in a path.
  if (isPath && !path.some((name: string) => /["\\\0]/.test(name))) return path as string[];
  throw invalid(field, plan, 'a path is a list of member names without quotation marks and backslashes');
}

/** The wire form of an array with this one element. */
function encodeElement(field: Field, value: unknown, plan: TablePlan): unknown {
  return encodeValue(field, [value], plan);
}

function not(part: FilterNode): FilterNode {
  return { kind: 'not', part };
}

function invalid(field: Field, plan: TablePlan, reason: string): RowhouseError {
  return new RowhouseError('FILTER_INVALID', `${plan.label}.${field.key}: ${reason}`, {
    details: { table: plan.label, field: field.key },
  });
}
