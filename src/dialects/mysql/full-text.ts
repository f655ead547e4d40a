import type { FullTextRules } from '../../dialect/full-text-rules.ts';

/** Words by the collation of the column; those that the server's index leaves out (short ones, stop words) find nothing. */
export const mysqlFullText: FullTextRules = {
  matches: (column, placeholder) => `match(${column}) against (${placeholder} in boolean mode)`,
  // In this mode signs are operators: each word goes into quotation marks, and what is no letter and no digit goes.
  parameter: (words) => (words.match(/[\p{L}\p{N}_]+/gu) ?? []).map((word) => `+"${word}"`).join(' '),
  needsIndex: 'fulltext',
};
