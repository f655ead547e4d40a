/** Functions and words whose value is the same in every row of one statement. */
const steady = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'current_timestamp',
  'localtimestamp',
  'current_date',
  'current_time',
  'localtime',
  'current_user',
  'session_user',
  'current_setting',
  'timezone',
  'numeric',
  'varchar',
  'character',
  'char',
  'varying',
  'bit',
  'timestamp',
  'time',
  'interval',
  'array',
]);

/**
 * Could this default give each row a value of its own? Then adding it rewrites the table. What is not known to be steady
 * counts as changing: that costs a backfill that was not needed, never a rewrite that nobody expected.
 */
export function mayVary(expression: string): boolean {
  const withoutTexts = expression.replaceAll(/E?'(?:[^'\\]|''|\\.)*'/gi, "''");
  const calls = withoutTexts.matchAll(/("(?:[^"]|"")+"|[a-z_][\w$]*)\s*\(/gi);
  return [...calls].some(([, name = '']) => !steady.has(name.toLowerCase()));
}
