import type { LintWord } from '../../../dialect/lint/word.ts';

/** True when a default may differ from row to row: it calls a function that is not known to give one value for all. */
export function isVolatile(words: readonly LintWord[]): boolean {
  return words.some(
    ({ kind, text }, at) => (kind === 'word' || kind === 'name') && isCall(words, at) && !stable.has(text),
  );
}

/** `numeric(10,2)` behind a cast is a type and no call. */
function isCall(words: readonly LintWord[], at: number): boolean {
  return words[at + 1]?.text === '(' && words[at - 1]?.text !== ':';
}

/** Functions that give the same value for every row of a statement. */
const stable: ReadonlySet<string> = new Set([
  'now',
  'statement_timestamp',
  'transaction_timestamp',
  'current_timestamp',
  'current_date',
  'localtimestamp',
  'current_time',
  'localtime',
  'current_setting',
  'to_timestamp',
  'date_trunc',
  'make_date',
  'make_interval',
  'jsonb_build_object',
  'jsonb_build_array',
  'json_build_object',
  'json_build_array',
  'array',
  'row',
  'cast',
  'lower',
  'upper',
  'concat',
  'coalesce',
  'nullif',
  'greatest',
  'least',
  'length',
  'abs',
  'round',
  'timezone',
  'md5',
  'decode',
  'encode',
  'replace',
  'substring',
  'trim',
  'to_char',
  'to_jsonb',
  'extract',
  'in',
]);
