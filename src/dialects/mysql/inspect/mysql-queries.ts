import { unescapeText } from '../types/unescape-text.ts';
import type { CatalogQueries } from './catalog-queries.ts';

/** The questions to MySQL 8 and later. */
export const mysqlCatalogQueries: CatalogQueries = {
  columns: `
select table_name, column_name, column_default, is_nullable, column_type, extra, generation_expression, collation_name,
  column_comment, srs_id
from information_schema.columns where table_schema = database() order by table_name, ordinal_position`,
  indexes: `
select table_name, index_name, non_unique, column_name, collation, sub_part, index_type, index_comment, expression,
  if(is_visible = 'NO', 'YES', 'NO')
from information_schema.statistics where table_schema = database() order by table_name, index_name, seq_in_index`,
  checks: `
select t.table_name, c.constraint_name, c.check_clause, t.enforced, 'Table'
from information_schema.check_constraints c
join information_schema.table_constraints t
  on t.constraint_schema = c.constraint_schema and t.constraint_name = c.constraint_name
where c.constraint_schema = database() and t.constraint_type = 'CHECK' order by t.table_name, c.constraint_name`,
  expression,
  defaultOf(text, extra) {
    if (/^b'[01]*'$/.test(text)) return { kind: 'expression', text };
    if (!extra.includes('DEFAULT_GENERATED')) return { kind: 'constant', text };
    const written = expression(text);
    const constant = /^_utf8mb4'((?:[^'\\]|\\.|'')*)'$/s.exec(written)?.[1];
    return constant === undefined
      ? { kind: 'expression', text: written }
      : { kind: 'constant', text: unescapeText(constant) };
  },
};

/**
 * The information schema shows an expression with its bytes taken for Latin-1 and its quotes and backslashes escaped once
 * more. `show create table` would be right about quotes but turns characters beyond the basic plane into `?`.
 */
function expression(text: string): string {
  return fromLatin1(text).replaceAll(/\\(.)/gs, '$1');
}

function fromLatin1(text: string): string {
  for (let place = 0; place < text.length; place++) if (text.charCodeAt(place) > 0xff) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\uFFFD') ? text : decoded;
}
