import type { FilterNode } from './filter-node.ts';

/**
 * Whether a filter leaves out no row, whatever the rows are: `{}`, `{ and: [] }`, `{ or: [{}] }`, `{ name: {} }`,
 * `{ id: { notIn: [] } }`. One that was put together from lists is like that when they happen to be empty.
 */
export function findsEveryRow(filter: FilterNode): boolean {
  const { kind } = filter;
  if (kind === 'all') return filter.parts.every(findsEveryRow);
  if (kind === 'any') return filter.parts.some(findsEveryRow);
  if (kind === 'not') return findsNoRow(filter.part);
  if (kind === 'null') return !filter.isNull && !filter.field.nullable;
  if (kind === 'related') return filter.negated && filter.part !== undefined && findsNoRow(filter.part);
  return kind === 'list' && filter.negated && filter.values.length === 0;
}

function findsNoRow(filter: FilterNode): boolean {
  const { kind } = filter;
  if (kind === 'all') return filter.parts.some(findsNoRow);
  if (kind === 'any') return filter.parts.every(findsNoRow);
  if (kind === 'not') return findsEveryRow(filter.part);
  if (kind === 'related') return !filter.negated && filter.part !== undefined && findsNoRow(filter.part);
  return kind === 'list' && !filter.negated && filter.values.length === 0;
}
