import { onAction } from '../../../dialect/lint/each.ts';
import { isKeyword } from '../../../dialect/lint/word.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** Nothing tells two rows apart. */
export const tableWithoutPrimaryKey: LintRule = {
  code: 'table-without-primary-key',
  severity: 'warning',
  title: 'a table has no primary key',
  why: 'A row cannot be named: it cannot be updated alone, replicas look for it by reading the whole table, and a Galera cluster does not replicate its deletes reliably.',
  hint: 'give it a primary key',
  bad: 'create table visit (page varchar(100), seen_at timestamp);',
  good: 'create table visit (id bigint primary key, page varchar(100), seen_at timestamp);',
  judge: onAction(['create-table'], (action) => {
    const hasKey =
      action.columns.some(({ primaryKey }) => primaryKey) ||
      action.constraints.some(({ kind }) => kind === 'primary-key');
    const cannotSay = action.hasMoreColumns || action.filled || action.temporary || action.partitionOf !== undefined;
    return hasKey || cannotSay ? undefined : `table ${action.table.name} has no primary key`;
  }),
};

/** Too many columns in one index. */
export const wideIndex: LintRule = {
  code: 'wide-index',
  severity: 'advice',
  title: 'an index has more than three columns',
  why: 'Each write pays for it, and the columns behind the third rarely make a search shorter.',
  hint: 'keep the columns that searches begin with',
  bad: 'create index visit_idx on visit (a, b, c, d);',
  good: 'create unique index visit_idx on visit (a, b, c, d);',
  judge: onAction(['create-index'], ({ keys, unique, name, table }) =>
    keys > 3 && !unique ? `index ${name ?? `on ${table.name}`} has ${keys} columns` : undefined,
  ),
};

/** A view of columns that nobody named. */
export const viewOfAllColumns: LintRule = {
  code: 'view-of-all-columns',
  severity: 'advice',
  title: 'a view selects *',
  why: 'Its columns are those of the table on the day that it was made: a later column is missing on one server and there on another that was set up afresh.',
  hint: 'name the columns',
  bad: 'create view open_invoice as select * from invoice;',
  good: 'create view open_invoice as select id, total from invoice;',
  judge: onAction(['create-other'], ({ what, name }, _context, { words }) => {
    const all = words.some((word, at) => isKeyword(word, 'select') && words[at + 1]?.text === '*');
    return (what === 'view' || what === 'materialized view') && all ? `view ${name} selects *` : undefined;
  }),
};

/** Too much is given away. */
export const broadGrant: LintRule = {
  code: 'broad-grant',
  severity: 'warning',
  title: 'more is granted than anyone needs',
  why: 'GRANT ALL gives the right to empty and to alter the table; a grant to PUBLIC reaches every account that will ever be made.',
  hint: 'grant the rights that are used, to the account that uses them',
  bad: 'grant all on invoice to app;',
  good: 'grant select, insert on invoice to app;',
  judge: onAction(['grant'], ({ all, toPublic }) => {
    if (all) return 'all rights are granted';
    return toPublic ? 'rights are granted to every account' : undefined;
  }),
};
