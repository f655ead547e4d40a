import { onAction, onClause } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** A table with its rows goes. */
export const dropTable: LintRule = {
  code: 'drop-table',
  severity: 'error',
  title: 'a table is dropped',
  why: 'The rows are gone, and running code that still reads the table fails. On PostgreSQL every table that its foreign keys lead to is locked for everybody as well.',
  hint: 'move the table aside first and drop it when nothing has asked for it for a while',
  bad: 'drop table invoice;',
  good: 'alter table invoice rename to invoice_before_2026;',
  judge: onAction(['drop-table'], ({ tables }, context) => {
    const gone = tables.filter((table) => !context.isNew(table) && !context.wasRenamedAway(table));
    return gone.length === 0 ? undefined : `table ${gone.map(({ name }) => name).join(', ')} is dropped with its rows`;
  }),
};

/** A column with its values goes. */
export const dropColumn: LintRule = {
  code: 'drop-column',
  severity: 'error',
  sparesNewTables: true,
  title: 'a column is dropped',
  why: 'The values are gone, and code that is still running names the column in its statements and fails.',
  hint: 'drop it in a release after the one whose code no longer names it, in a revision of the phase contract',
  bad: 'alter table invoice drop column note;',
  good: '-- rowhouse: allow drop-column: no release since May reads it\nalter table invoice drop column note;',
  judge: onClause(
    ['drop-column'],
    ({ column }, { table }) => `column ${table.name}.${column} is dropped with its values`,
  ),
};

/** A whole database or namespace goes. */
export const dropDatabase: LintRule = {
  code: 'drop-database',
  severity: 'error',
  title: 'a database or a schema is dropped',
  why: 'Everything in it is gone at once, and no way back is left but a backup.',
  hint: 'drop what is in it object by object, each with its own review',
  bad: 'drop schema billing;',
  good: "comment on schema billing is 'unused since May';",
  judge: onAction(['drop-other'], ({ what, name }) =>
    what === 'database' || what === 'schema' ? `${what} ${name} is dropped with all that is in it` : undefined,
  ),
};

/** All rows go. */
export const truncateTable: LintRule = {
  code: 'truncate-table',
  severity: 'error',
  title: 'a table is emptied',
  why: 'All rows are gone; the table is locked for everybody while it happens, and with CASCADE every table that refers to it is emptied too.',
  hint: 'delete the rows that are meant, in batches',
  bad: 'truncate invoice;',
  good: "delete from invoice where created_at < '2020-01-01';",
  judge: onAction(['truncate'], ({ tables, cascade }, context) => {
    const names = tables
      .filter((table) => !context.isNew(table))
      .map(({ name }) => name)
      .join(', ');
    const more = cascade ? ', and so is every table that refers to it' : '';
    return names === '' ? undefined : `table ${names} is emptied${more}`;
  }),
};

/** NULL is let in. */
export const dropNotNull: LintRule = {
  code: 'drop-not-null',
  severity: 'warning',
  sparesNewTables: true,
  title: 'a column may hold NULL from now on',
  why: 'Code that is still running was written for a value that is always there, and meets its first NULL in production.',
  hint: 'release the code that can read NULL first',
  bad: 'alter table invoice alter column note drop not null;',
  good: '-- rowhouse: allow drop-not-null: readers take NULL since release 41\nalter table invoice alter column note drop not null;',
  judge: onClause(
    ['drop-not-null'],
    ({ column }, { table }) => `column ${table.name}.${column} may hold NULL from now on`,
  ),
};
