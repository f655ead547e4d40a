import type { JsonRules } from '../../dialect/json-rules.ts';
import type { Flavor } from './flavor.ts';

const signs = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const types = {
  string: `= 'STRING'`,
  number: `in ('INTEGER', 'UNSIGNED INTEGER', 'DECIMAL', 'DOUBLE')`,
  boolean: `= 'BOOLEAN'`,
} as const;

export function mysqlJson({ collation }: Flavor): JsonRules {
  const plain = (value: string): string => `convert(json_unquote(${value}) using utf8mb4) collate ${collation}`;
  return {
    compare({ column, path, test, of, placeholder }) {
      const value = at(column, path);
      if (test === 'has') return `(json_type(${value}) = 'ARRAY' and json_overlaps(${value}, ${placeholder}))`;
      const type = `json_type(${value}) ${types[of]}`;
      const comparable = of === 'number' ? `${value} + 0e0` : plain(value);
      return `(${type} and ${comparable} ${signs[test]} ${placeholder})`;
    },
    parameter(test, value) {
      if (test === 'has') return JSON.stringify([value]);
      return typeof value === 'boolean' ? String(value) : value;
    },
    text: (column, path) => `(case when json_type(${at(column, path)}) = 'STRING' then ${plain(at(column, path))} end)`,
    isNull: (column, path) => `coalesce(json_type(${at(column, path)}), 'NULL') = 'NULL'`,
  };
}

function at(column: string, path: readonly string[]): string {
  const text = ['$', ...path.map((name) => `."${name}"`)].join('');
  return `json_extract(${column}, '${text.replaceAll("'", "''")}')`;
}
