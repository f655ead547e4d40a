import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import type { CopyText } from '../../online/copy-text.ts';
import { postgresText, qualified } from '../../text.ts';

/** Stops when the table has got or lost something since the plan was made: the copy would not have it. */
export function unalteredSince({ table, copy }: CopyText, fact: Fact, { facts }: Structure): string {
  const parts = [...facts.values()].filter(({ parent }) => parent === fact.id);
  const count = (isCounted: (part: Fact) => boolean): number => parts.filter(isCounted).length;
  const references = [...facts.values()].filter(({ notes }) => notes?.['target'] === fact.id).length;
  const name = postgresText.literal(qualified(table));
  const of = (catalog: string, column: string, also = ''): string =>
    `(select count(*) from pg_catalog.${catalog} where ${column} = ${name}::regclass${also})`;
  const indexed = count(({ kind, notes }) => kind === 'index' || notes?.['indexed'] === true);
  const found: readonly (readonly [string, number])[] = [
    [of('pg_attribute', 'attrelid', ' and attnum > 0 and not attisdropped'), count(({ kind }) => kind === 'column')],
    [
      of('pg_constraint', 'conrelid', ` and contype in ('p', 'u', 'x', 'f', 'c')`),
      count(({ kind }) => kind === 'constraint'),
    ],
    [of('pg_constraint', 'confrelid'), references],
    [of('pg_index', 'indrelid'), indexed],
    [of('pg_trigger', 'tgrelid', ' and not tgisinternal'), count(({ kind }) => kind === 'trigger') + ownTriggers],
    [of('pg_policy', 'polrelid'), count(({ kind }) => kind === 'policy')],
    [of('pg_rewrite', 'ev_class'), count(({ kind }) => kind === 'rule')],
    [of('pg_inherits', 'inhparent'), 0],
  ];
  const message = postgresText.literal(`${qualified(table)} was altered while ${qualified(copy)} was made of it`);
  return `do $unaltered$
begin
  if row(${found.map(([sql]) => sql).join(',\n      ')})
      is distinct from row(${found.map(([, number]) => `${number}::bigint`).join(', ')}) then
    raise exception using message = ${message}, errcode = 'object_not_in_prerequisite_state',
      hint = 'nothing was changed; compare again';
  end if;
end $unaltered$`;
}

/** Those that keep the copy in step. */
const ownTriggers = 2;
