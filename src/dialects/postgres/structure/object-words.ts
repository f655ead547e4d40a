/** SQL that gives the words by which statements name an object: `function public.f(integer)`. `row` is what `pg_identify_object` gave. */
export function objectWords(row: string): string {
  return `case
    when ${row}.type like '% column' then 'column ' || ${row}.identity
    when ${row}.type = 'table constraint' then 'constraint ' || ${row}.identity
    when ${row}.type = 'domain constraint' then 'constraint ' || regexp_replace(${row}.identity, ' on ((?:"(?:[^"]|"")*"|[^" ])+)$', ' on domain \\1')
    when ${row}.type = 'composite type' then 'type ' || ${row}.identity
    when ${row}.type = 'statistics object' then 'statistics ' || ${row}.identity
    when ${row}.type = 'aggregate' then 'aggregate ' || regexp_replace(${row}.identity, '\\(\\)$', '(*)')
    when ${row}.type = 'foreign-data wrapper' then 'foreign data wrapper ' || ${row}.identity
    else ${row}.type || ' ' || ${row}.identity end`;
}
