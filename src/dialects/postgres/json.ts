import type { JsonQuestion, JsonRules } from '../../dialect/json-rules.ts';

const signs = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Equality and membership ask by `@>`, which a GIN index on the column serves. */
export const postgresJson: JsonRules = {
  compare(question: JsonQuestion): string {
    const { column, path, test, of, placeholder } = question;
    if (test === 'eq' || test === 'has') return `${column} @> ${nested(path, `${placeholder}::jsonb`)}`;
    const value = at(column, path);
    const type = `jsonb_typeof(${value}) = '${of}'`;
    return of === 'string'
      ? `(${type} and (${value} #>> '{}') collate "C" ${signs[test]} ${placeholder}::text)`
      : `(${type} and ${value} ${signs[test]} ${placeholder}::jsonb)`;
  },
  parameter(test, value) {
    if (test === 'has') return JSON.stringify([value]);
    return test === 'eq' || typeof value !== 'string' ? JSON.stringify(value) : value;
  },
  text(column, path) {
    const value = at(column, path);
    return `(case when jsonb_typeof(${value}) = 'string' then ${value} #>> '{}' end)`;
  },
  isNull: (column, path) => `coalesce(jsonb_typeof(${at(column, path)}), 'null') = 'null'`,
};

/** By name: `->` with text never counts the elements of an array. */
function at(column: string, path: readonly string[]): string {
  return `(${[column, ...path.map(textLiteral)].join(' -> ')})`;
}

function nested(path: readonly string[], value: string): string {
  return path.reduceRight((inner, name) => `jsonb_build_object(${textLiteral(name)}, ${inner})`, value);
}

function textLiteral(name: string): string {
  return `'${name.replaceAll("'", "''")}'::text`;
}
