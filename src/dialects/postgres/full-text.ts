import type { FullTextRules } from '../../dialect/full-text-rules.ts';

/** Words as they are, in lower case; an index on `to_tsvector('simple', column)` by the method `gin` serves. */
export const postgresFullText: FullTextRules = {
  matches: (column, placeholder) =>
    `to_tsvector('simple', ${column}) @@ plainto_tsquery('simple', ${placeholder}::text)`,
  parameter: (words) => words,
};
