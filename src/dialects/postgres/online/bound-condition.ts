/**
 * What a partition's bound says of each of its rows, as SQL; undefined where it takes more than one column or a hash.
 * `key` is the parent's (`range (day)`), `bound` the partition's (`for values from ('2024-01-01') to ('2025-01-01')`).
 */
export function boundCondition(key: string, bound: string): string | undefined {
  const [, strategy, column] = /^(range|list)\s*\(\s*("(?:[^"]|"")+"|[\w$]+)\s*\)$/i.exec(key) ?? [];
  if (strategy === undefined || column === undefined) return undefined;
  return strategy.toLowerCase() === 'range' ? rangeCondition(column, bound) : listCondition(column, bound);
}

const value = String.raw`('(?:[^']|'')*'|[\w.+-]+)`;
const range = new RegExp(String.raw`^for values from \(${value}\) to \(${value}\)$`, 'i');
const list = new RegExp(String.raw`^for values in \((${value}(?:,\s*${value})*)\)$`, 'i');

function rangeCondition(column: string, bound: string): string | undefined {
  const [, from, to] = range.exec(bound) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return [
    `${column} is not null`,
    ...(/^minvalue$/i.test(from) ? [] : [`${column} >= ${from}`]),
    ...(/^maxvalue$/i.test(to) ? [] : [`${column} < ${to}`]),
  ].join(' and ');
}

function listCondition(column: string, bound: string): string | undefined {
  const values = list.exec(bound)?.[1];
  if (values === undefined || /\bnull\b/i.test(values.replaceAll(/'(?:[^']|'')*'/g, ''))) return undefined;
  return `${column} is not null and ${column} in (${values})`;
}
