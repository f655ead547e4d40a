import type { Parameter } from '../openapi/operation.ts';
import type { WireField } from '../wire/wire-field.ts';

/** The query parameters that filter a list: one for each field, and the trees `or` and `and`. */
export function describeFilter(fields: readonly WireField[]): readonly Parameter[] {
  const filterable = fields.filter((field) => field.filterable);
  if (filterable.length === 0) return [];
  return [...filterable.map(describeField), ...['or', 'and'].map((kind) => describeTree(kind, filterable))];
}

function describeField(field: WireField): Parameter {
  const comment = field.comment === undefined ? '' : `${field.comment}. `;
  return {
    name: field.key,
    in: 'query',
    description: `${comment}${operatorsOf(field).join(', ')}`,
    schema: { type: 'string' },
    'x-filter': true,
  };
}

function operatorsOf({ type, wire, nullable }: WireField): readonly string[] {
  const isText = type.kind === 'text' || type.kind === 'varchar' || type.kind === 'char';
  const compares = wire.fromText !== undefined && type.kind !== 'interval';
  return [
    ...(compares ? ['`eq`', '`neq`', '`gt`', '`gte`', '`lt`', '`lte`', '`in.(a,b)`'] : []),
    ...(isText ? ['`like`', '`ilike` (`*` stands for any text)'] : []),
    ...(type.kind === 'boolean' ? ['`is.true`', '`is.false`'] : []),
    ...(nullable ? ['`is.null`', '`is.not_null`'] : []),
  ];
}

function describeTree(kind: string, [first]: readonly WireField[]): Parameter {
  return {
    name: kind,
    in: 'query',
    description: `Conditions in parentheses of which ${kind === 'or' ? 'one' : 'each'} must hold: \`(${first?.key}.eq.1,and(…))\``,
    schema: { type: 'string' },
    'x-filter': true,
  };
}
