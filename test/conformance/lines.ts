import { integer, sql, table, text } from '../../src/index.ts';

/** A table for very many rows. */
export const lines = table('line', { id: integer().primaryKey(), words: text({ max: 60 }) });

const digits = sql`(select 0 n union all select 1 union all select 2 union all select 3 union all select 4
  union all select 5 union all select 6 union all select 7 union all select 8 union all select 9)`;

/** A million lines, made by the server, in SQL that all engines know. */
export const millionLines = sql`insert into line (id, words)
  select a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n + 100000 * f.n, 'a line of some words, as long as many are'
  from ${digits} a, ${digits} b, ${digits} c, ${digits} d, ${digits} e, ${digits} f`;
