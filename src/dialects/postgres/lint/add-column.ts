import { onClause } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';
import { isVolatile } from './volatile.ts';

/** A default that has to be worked out for each row. */
export const addColumnVolatileDefault: LintRule = {
  code: 'add-column-volatile-default',
  severity: 'error',
  sparesNewTables: true,
  title: 'a column is added with a default that differs from row to row',
  why: 'Measured: ACCESS EXCLUSIVE while the whole table is rewritten. A constant, now() or any other value that is the same for all rows is only noted in the catalog.',
  hint: 'add the column without a default, set the default, then fill the old rows in batches',
  bad: 'alter table invoice add column token uuid default gen_random_uuid();',
  good: 'alter table invoice add column token uuid;\nalter table invoice alter column token set default gen_random_uuid();',
  judge: onClause(['add-column'], ({ column }, { table }, { majorVersion }) => {
    if (column.default === undefined) return undefined;
    const rewrites = majorVersion < 11 || isVolatile(column.default);
    return rewrites ? `the default of ${table.name}.${column.name} has to be worked out for each row` : undefined;
  }),
};

/** A column that counts by itself. */
export const addSerialColumn: LintRule = {
  code: 'add-serial-column',
  severity: 'error',
  sparesNewTables: true,
  title: 'a serial or identity column is added',
  why: 'Measured: ACCESS EXCLUSIVE while the whole table is rewritten, because each row gets its number at once.',
  hint: 'add a bigint, make a sequence that it owns, set the default, fill the old rows in batches',
  bad: 'alter table invoice add column number bigserial;',
  good: 'alter table invoice add column number bigint;',
  judge: onClause(['add-column'], ({ column }, { table }) =>
    column.identity || /^(?:big|small)?serial[248]?$/.test(column.type.name)
      ? `each row of ${table.name} gets its ${column.name} at once`
      : undefined,
  ),
};

/** A computed column that is kept. */
export const addStoredColumn: LintRule = {
  code: 'add-stored-column',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a stored generated column is added',
  why: 'Measured: ACCESS EXCLUSIVE while the whole table is rewritten, because the value is worked out and kept for each row.',
  hint: 'make it a change of the schema, which a revision makes on a copy of the table; or add a plain column with a trigger and fill it in batches; PostgreSQL 18 has VIRTUAL',
  bad: 'alter table invoice add column gross int generated always as (net * 2) stored;',
  good: 'alter table invoice add column gross int generated always as (net * 2) virtual;',
  judge: onClause(['add-column'], ({ column }, { table }) =>
    column.generated === 'stored' ? `${table.name}.${column.name} is worked out for each row at once` : undefined,
  ),
};

/** A check that comes with its column. */
export const addColumnWithCheck: LintRule = {
  code: 'add-column-with-check',
  severity: 'error',
  sparesNewTables: true,
  title: 'a column is added together with a check',
  why: 'Measured: every row is read under ACCESS EXCLUSIVE, even where the new column is NULL in all of them.',
  hint: 'add the column, then the check as NOT VALID, then validate it in another transaction',
  bad: 'alter table invoice add column discount int check (discount > 0);',
  good: 'alter table invoice add column discount int;\nalter table invoice add constraint discount_positive check (discount > 0) not valid;',
  judge: onClause(['add-column'], ({ column }, { table }) =>
    column.check ? `every row of ${table.name} is read for the check of ${column.name}` : undefined,
  ),
};

/** An index that comes with its column. */
export const addColumnWithUnique: LintRule = {
  code: 'add-column-with-unique',
  severity: 'error',
  sparesNewTables: true,
  title: 'a column is added as unique or as the primary key',
  why: 'The index is built under ACCESS EXCLUSIVE: nobody reads or writes the table until it is done.',
  hint: 'add the column, build a unique index CONCURRENTLY, then add the constraint USING INDEX',
  bad: 'alter table invoice add column code text unique;',
  good: 'alter table invoice add column code text;\ncreate unique index concurrently invoice_code_key on invoice (code);\nalter table invoice add constraint invoice_code_key unique using index invoice_code_key;',
  judge: onClause(['add-column'], ({ column }, { table }) =>
    column.unique || column.primaryKey ? `an index on ${table.name}.${column.name} is built under the lock` : undefined,
  ),
};

/** A foreign key that comes with its column. */
export const addColumnWithForeignKey: LintRule = {
  code: 'add-column-with-foreign-key',
  severity: 'warning',
  sparesNewTables: true,
  title: 'a column is added together with a foreign key',
  why: 'Measured: ACCESS EXCLUSIVE on the table and SHARE ROW EXCLUSIVE on the table that it leads to, both at once. Two such locks are where deadlocks with running code come from.',
  hint: 'add the column first, then the foreign key as NOT VALID, then validate it',
  bad: 'alter table invoice add column customer int references customer (id);',
  good: 'alter table invoice add column customer int;\nalter table invoice add constraint invoice_customer_fkey foreign key (customer) references customer (id) not valid;',
  judge: onClause(['add-column'], ({ column }, { table }, context) =>
    column.references !== undefined && !context.isNew(column.references)
      ? `${table.name} and ${column.references.name} are locked at once`
      : undefined,
  ),
};

/** A value that old rows do not have. */
export const addRequiredColumn: LintRule = {
  code: 'add-required-column',
  severity: 'error',
  sparesNewTables: true,
  title: 'a column that must have a value is added without one',
  why: 'The statement fails as soon as the table has a row; and code that is still running inserts rows without the column.',
  hint: 'add it with a constant default, or let it hold NULL, fill it, and require it a release later',
  bad: 'alter table invoice add column state int not null;',
  good: 'alter table invoice add column state int not null default 0;',
  judge: onClause(['add-column'], ({ column }, { table }) => {
    const hasValue =
      column.default !== undefined ||
      column.generated !== undefined ||
      column.identity ||
      /serial/.test(column.type.name);
    return column.notNull && !hasValue ? `rows of ${table.name} have no value for ${column.name}` : undefined;
  }),
};
