import type { ScriptSyntax } from '../../dialect/script-syntax.ts';

/** What `sqlite3` reads. It knows that a trigger ends with its `end`. */
export const sqliteScript: ScriptSyntax = {
  lineComment: /--[^\n]*/y,
  compound: { starts: /^create\s+(?:temp\s+|temporary\s+)?trigger\b/i, opens: 'begin' },
  brackets: true,
  clientLines: '.',
  stopsAtError: '.bail on',
};
