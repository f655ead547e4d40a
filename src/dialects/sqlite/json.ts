import type { JsonRules, JsonScalar } from '../../dialect/json-rules.ts';

const signs = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const types = { string: `= 'text'`, number: `in ('integer', 'real')`, boolean: `in ('true', 'false')` } as const;

/** The path is part of the text, so that an index on `json_extract(column, '$."a"')` serves. */
export const sqliteJson: JsonRules = {
  compare({ column, path, test, of, placeholder }) {
    const place = `${column}, ${pathText(path)}`;
    if (test !== 'has')
      return `(json_type(${place}) ${types[of]} and json_extract(${place}) ${signs[test]} ${placeholder})`;
    return `(json_type(${place}) = 'array' and exists (select 1 from json_each(${place}) rhj where ${isElement(of, placeholder)}))`;
  },
  parameter: (_test, value) => (typeof value === 'boolean' ? Number(value) : value),
  text: (column, path) =>
    `(case when json_type(${column}, ${pathText(path)}) = 'text' then json_extract(${column}, ${pathText(path)}) end)`,
  isNull: (column, path) => `coalesce(json_type(${column}, ${pathText(path)}), 'null') = 'null'`,
};

function isElement(of: JsonScalar, placeholder: string): string {
  return `rhj.type ${types[of]} and rhj.value = ${placeholder}`;
}

function pathText(path: readonly string[]): string {
  const text = ['$', ...path.map((name) => `."${name}"`)].join('');
  return `'${text.replaceAll("'", "''")}'`;
}
