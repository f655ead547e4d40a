import { allOf, onAction, onClause } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** A table is called otherwise. */
export const renameTable: LintRule = {
  code: 'rename-table',
  severity: 'warning',
  sparesNewTables: true,
  title: 'a table is renamed',
  why: 'Between the statement and the last restart, code with the old name and code with the new one run side by side, and one of them fails.',
  hint: 'leave a view with the old name in the same transaction, and drop it a release later',
  bad: 'alter table invoice rename to bill;',
  good: 'create view bill as select id, total from invoice;',
  judge: allOf(
    onClause(['rename-table'], ({ to }, { table }) => `table ${table.name} is renamed to ${to}`),
    onClause(['set-schema'], (_clause, { table }) => `table ${table.name} is moved to another schema`),
    onAction(['rename-tables'], ({ tables }, context) => {
      const names = tables.filter((table) => !context.isNew(table)).map(({ name }) => name);
      return names.length === 0 ? undefined : `table ${names.join(', ')} is renamed`;
    }),
  ),
};

/** A column is called otherwise. */
export const renameColumn: LintRule = {
  code: 'rename-column',
  severity: 'warning',
  sparesNewTables: true,
  title: 'a column is renamed',
  why: 'Every statement of the code that is still running names the old column and fails at once.',
  hint: 'add the new column, keep both in step with a trigger, and drop the old one a release later',
  bad: 'alter table invoice rename column note to remark;',
  good: 'alter table invoice add column remark text;',
  judge: allOf(
    onClause(['rename-column'], ({ from, to }, { table }) => `column ${table.name}.${from} is renamed to ${to}`),
    onClause(['modify-column'], ({ from, column }, { table }) =>
      from.toLowerCase() === column.name.toLowerCase()
        ? undefined
        : `column ${table.name}.${from} is renamed to ${column.name}`,
    ),
  ),
};
