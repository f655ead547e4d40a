import type { QueryWriter } from '../query-writer.ts';
import { compileRelatedRows } from '../include/correlate.ts';
import type { CompareOperator, FilterNode, RelatedNode } from './filter-node.ts';

const comparisons = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * What decides the SQL of a filter, without its values: two filters with one key share a plan. Values are told apart
 * only where the SQL does: an empty list is its own shape.
 */
export function filterKey(node: FilterNode): string {
  switch (node.kind) {
    case 'all':
      return `(${node.parts.map(filterKey).join('&')})`;
    case 'any':
      return `[${node.parts.map(filterKey).join('|')}]`;
    case 'not':
      return `!${filterKey(node.part)}`;
    case 'null':
      return `${node.field.position}${node.isNull ? 'n' : 'v'}`;
    case 'list':
      return `${node.field.position}${node.negated ? 'x' : 'i'}${node.values.length === 0 ? '0' : ''}`;
    case 'compare':
      return `${node.field.position}${node.operator}`;
    case 'related':
      return `${node.negated ? '^' : '~'}${node.relation.position}<${partKey(node.joined)};${partKey(node.part)}>`;
  }
}

/** The SQL of a filter; its values go to the writer in the order of their placeholders. */
export function compileFilter(node: FilterNode, writer: QueryWriter): string {
  switch (node.kind) {
    case 'all':
      return node.parts.length === 0 ? '1 = 1' : node.parts.map((part) => grouped(part, writer)).join(' and ');
    case 'any':
      return node.parts.length === 0 ? '1 = 0' : node.parts.map((part) => grouped(part, writer)).join(' or ');
    case 'not':
      return `not coalesce(${grouped(node.part, writer)}, 1 = 0)`;
    case 'null':
      return `${node.field.name} is ${node.isNull ? '' : 'not '}null`;
    case 'list':
      return compileList(node, writer);
    case 'compare':
      return compileCompare(node, writer);
    case 'related':
      return compileRelated(node, writer);
  }
}

/** The values of a filter in the order in which `compileFilter` writes their placeholders. */
export function collectValues(node: FilterNode, writer: Pick<QueryWriter, 'rules'>, into: unknown[]): void {
  switch (node.kind) {
    case 'all':
    case 'any':
      for (const part of node.parts) collectValues(part, writer, into);
      return;
    case 'not':
      collectValues(node.part, writer, into);
      return;
    case 'null':
      return;
    case 'list':
      if (node.values.length > 0) into.push(writer.rules.listParameter(node.values, node.field.type));
      return;
    case 'compare':
      into.push(node.value);
      return;
    case 'related':
      if (node.joined !== undefined) collectValues(node.joined, writer, into);
      if (node.part !== undefined) collectValues(node.part, writer, into);
  }
}

function partKey(node: FilterNode | undefined): string {
  return node === undefined ? '' : filterKey(node);
}

function compileRelated(node: RelatedNode, writer: QueryWriter): string {
  const rows = compileRelatedRows(node, node.part, writer, compileFilter);
  return writer.subquery((alias) => `${node.negated ? 'not ' : ''}exists (select 1 ${rows(alias)})`);
}

function grouped(node: FilterNode, writer: QueryWriter): string {
  const sql = compileFilter(node, writer);
  return node.kind === 'all' || node.kind === 'any' ? `(${sql})` : sql;
}

function compileList({ field, negated, values }: Extract<FilterNode, { kind: 'list' }>, writer: QueryWriter): string {
  if (values.length === 0) return negated ? '1 = 1' : '1 = 0';
  const found = writer.rules.inList(field.name, field.type, writer.placeholder());
  if (!negated) return found;
  return field.nullable ? `(not (${found}) or ${field.name} is null)` : `not (${found})`;
}

function compileCompare({ field, operator }: Extract<FilterNode, { kind: 'compare' }>, writer: QueryWriter): string {
  const { rules } = writer;
  const placeholder = writer.placeholder();
  if (isComparison(operator)) {
    const left = rules.comparable(field.name, field.type);
    const sql = `${left} ${comparisons[operator]} ${rules.parameter(placeholder, field.type)}`;
    return operator === 'ne' && field.nullable ? `(${sql} or ${field.name} is null)` : sql;
  }
  return operator === 'ilike'
    ? rules.insensitiveLike(field.name, placeholder)
    : rules.sensitiveLike(field.name, placeholder);
}

function isComparison(operator: CompareOperator): operator is keyof typeof comparisons {
  return operator in comparisons;
}
