import type { ScriptSyntax } from '../../dialect/script-syntax.ts';

/** What `psql` reads. It knows the body of a routine in standard SQL, from `begin atomic` to `end`. */
export const postgresScript: ScriptSyntax = {
  lineComment: /--[^\n]*/y,
  compound: { starts: /^create\s+(?:or\s+replace\s+)?(?:function|procedure)\b/i, opens: 'atomic' },
  dollarQuotes: true,
  backslash: 'after-e',
  nestedComments: true,
  clientLines: '\\',
  stopsAtError: '\\set ON_ERROR_STOP on',
};
