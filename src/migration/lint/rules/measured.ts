import type { LintRule } from '../../../dialect/lint/rule.ts';

/** Rows are read while writers wait. */
export const blocksWritersWhileReading: LintRule = {
  code: 'blocks-writers-while-reading',
  severity: 'error',
  title: 'rows are read under a lock that stops writers',
  why: 'Measured on a scratch server: the statement read rows of the table while it held a lock that keeps writers, or everybody, waiting. On a large table that takes as long as reading it.',
  hint: 'take the online form: NOT VALID and VALIDATE, or CONCURRENTLY',
  bad: 'alter table invoice add constraint invoice_total check (total >= 0);',
  good: 'alter table invoice add constraint invoice_total check (total >= 0) not valid;',
  judge: () => [],
};

/** A table is written anew. */
export const rewritesTable: LintRule = {
  code: 'rewrites-table',
  severity: 'error',
  title: 'a table is written anew',
  why: 'Measured on a scratch server: the table or an index of it has another file after the statement. All its rows were copied while nobody could read them.',
  hint: 'make a new column or table beside the old one, fill it in batches and change over',
  bad: 'alter table invoice alter column total type numeric(12,4);',
  good: 'alter table invoice add column total_exact numeric(12,4);',
  judge: () => [],
};

/** Another table is locked as well. */
export const strongLockOnPartner: LintRule = {
  code: 'strong-lock-on-partner',
  severity: 'warning',
  title: 'a table that the statement does not name is locked for everybody',
  why: 'Measured on a scratch server: foreign keys and partitions spread the strongest lock to other tables, where nobody expects to wait.',
  hint: 'take the link away in a statement of its own, with a short lock timeout',
  bad: 'drop table invoice_line;',
  good: 'alter table invoice_line drop constraint invoice_line_invoice_fkey;',
  judge: () => [],
};
