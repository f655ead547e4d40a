import type { CatalogQueries } from '../mysql/inspect/catalog-queries.ts';
import { unescapeText } from '../mysql/types/unescape-text.ts';

/** The questions to MariaDB. It shows expressions and defaults as it would take them. */
export const mariadbCatalogQueries: CatalogQueries = {
  columns: `
select table_name, column_name, column_default, is_nullable, column_type, extra, generation_expression, collation_name,
  column_comment, null
from information_schema.columns where table_schema = database() order by table_name, ordinal_position`,
  indexes: `
select table_name, index_name, non_unique, column_name, collation, sub_part, index_type, index_comment, null, ignored
from information_schema.statistics where table_schema = database() order by table_name, index_name, seq_in_index`,
  checks: `
select table_name, constraint_name, check_clause, 'YES', level
from information_schema.check_constraints where constraint_schema = database() order by table_name, constraint_name`,
  expression: (text) => text,
  defaultOf(text) {
    if (text === 'NULL') return undefined;
    const quoted = /^'((?:[^'\\]|\\.|'')*)'$/s.exec(text)?.[1];
    if (quoted !== undefined) return { kind: 'constant', text: unescapeText(quoted) };
    return /^-?[0-9.]+(?:e[+-]?[0-9]+)?$/i.test(text) ? { kind: 'constant', text } : { kind: 'expression', text };
  },
};
