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
    case 'json':
      return `${node.field.position}j${node.test}${node.of}${JSON.stringify(node.path)}`;
    case 'json-text':
      return `${node.field.position}J${node.ignoreCase ? 'i' : ''}${JSON.stringify(node.path)}`;
    case 'json-null':
      return `${node.field.position}N${JSON.stringify(node.path)}`;
    case 'words':
      return `${node.field.position}w`;
    case 'element':
      return `${node.field.position}e`;
    case 'tuple':
      return `t${node.fields.map(({ position }) => position).join()};`;
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
    case 'json':
      return writer.rules.json.compare({ ...node, column: node.field.name, placeholder: writer.placeholder() });
    case 'json-text':
      return compileJsonText(node, writer);
    case 'json-null':
      return writer.rules.json.isNull(node.field.name, node.path);
    case 'words':
      return writer.rules.fullText?.matches(node.field.name, writer.placeholder()) ?? '1 = 0';
    case 'element':
      return writer.rules.arrayHas?.(node.field.name, node.field.type, writer.placeholder()) ?? '1 = 0';
    case 'tuple':
      return writer.rules.tupleList(node.fields, () => writer.placeholder());
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
    case 'json-null':
      return;
    case 'list':
      if (node.values.length > 0) into.push(writer.rules.listParameter(node.values, node.field.type));
      return;
    case 'compare':
    case 'json':
    case 'json-text':
    case 'words':
    case 'element':
      into.push(node.value);
      return;
    case 'tuple':
      into.push(...writer.rules.tupleParameters(node.tuples, node.fields));
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

function compileJsonText(node: Extract<FilterNode, { kind: 'json-text' }>, writer: QueryWriter): string {
  const { rules } = writer;
  const text = rules.json.text(node.field.name, node.path);
  const placeholder = writer.placeholder();
  return node.ignoreCase ? rules.insensitiveLike(text, placeholder) : rules.sensitiveLike(text, placeholder);
}

function isComparison(operator: CompareOperator): operator is keyof typeof comparisons {
  return operator in comparisons;
}
