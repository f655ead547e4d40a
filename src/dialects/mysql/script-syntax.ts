import type { ScriptSyntax } from '../../dialect/script-syntax.ts';

/** What `mysql` and `mariadb` read. They end a statement at every semicolon, unless a `delimiter` line says otherwise. */
export const mysqlScript: ScriptSyntax = {
  terminated,
  lineComment: /(?:--(?=\s|$)|#)[^\n]*/y,
  compound: {
    starts:
      /^create\s+(?:or\s+replace\s+)?(?:definer\s*=\s*\S+(?:\s*@\s*\S+)?\s+)?(?:aggregate\s+)?(?:function|procedure|trigger|event|package)\b/i,
    opens: 'begin',
    flow: true,
  },
  backslash: 'always',
  delimiterLines: true,
};

function terminated(sql: string): string {
  if (!sql.includes(';')) return `${sql};`;
  const delimiter = ['$$', '//', '|||', '~~~~'].find((one) => !sql.includes(one)) ?? '@@end@of@statement@@';
  return `delimiter ${delimiter}\n${sql}\n${delimiter}\ndelimiter ;`;
}
