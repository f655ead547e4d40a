import { onAction, onClause } from '../../../dialect/lint/each.ts';
import type { TableClause } from '../../../dialect/lint/action.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** A foreign key that is checked at once. */
export const addForeignKeyValidates: LintRule = {
  code: 'add-foreign-key-validates',
  severity: 'error',
  sparesNewTables: true,
  title: 'a foreign key is added and checked at once',
  why: 'Measured: SHARE ROW EXCLUSIVE on both tables, so nobody writes either of them, while every row is looked up.',
  hint: 'add it as NOT VALID, then VALIDATE CONSTRAINT in another transaction',
  bad: 'alter table invoice add constraint invoice_customer_fkey foreign key (customer) references customer (id);',
  good: 'alter table invoice add constraint invoice_customer_fkey foreign key (customer) references customer (id) not valid;\nalter table invoice validate constraint invoice_customer_fkey;',
  judge: onClause(['add-constraint'], ({ constraint }, { table }) =>
    constraint.kind === 'foreign-key' && !constraint.notValid
      ? `${table.name} and ${constraint.references?.name ?? 'its partner'} take no writes while every row is looked up`
      : undefined,
  ),
};

/** A check that reads all rows at once. */
export const addCheckValidates: LintRule = {
  code: 'add-check-validates',
  severity: 'error',
  sparesNewTables: true,
  title: 'a check is added and every row is read for it',
  why: 'Measured: every row is read under ACCESS EXCLUSIVE.',
  hint: 'add it as NOT VALID, then VALIDATE CONSTRAINT in another transaction',
  bad: 'alter table invoice add constraint total_there check (total >= 0);',
  good: 'alter table invoice add constraint total_there check (total >= 0) not valid;\nalter table invoice validate constraint total_there;',
  judge: onClause(['add-constraint'], ({ constraint }, { table }) =>
    (constraint.kind === 'check' || constraint.kind === 'not-null') && !constraint.notValid
      ? `every row of ${table.name} is read for ${constraint.name ?? 'the check'}`
      : undefined,
  ),
};

/** Both halves under one lock. */
export const validateInSameTransaction: LintRule = {
  code: 'validate-in-same-transaction',
  severity: 'error',
  sparesNewTables: true,
  title: 'a constraint is validated in the transaction that adds it',
  why: 'The strong lock of the first statement is held until the transaction ends, so the rows are read under it after all.',
  hint: 'commit between NOT VALID and VALIDATE CONSTRAINT',
  bad: 'begin;\nalter table invoice add constraint total_there check (total >= 0) not valid;\nalter table invoice validate constraint total_there;\ncommit;',
  good: 'begin;\nalter table invoice add constraint total_there check (total >= 0) not valid;\ncommit;\nalter table invoice validate constraint total_there;',
  judge: onClause(['validate-constraint'], ({ name }, { table }, context) =>
    context.isUncheckedHere(table, name) ? `${name} was added to ${table.name} in this transaction` : undefined,
  ),
};

/** An index under a strong lock. */
export const addUniqueBuildsIndex: LintRule = {
  code: 'add-unique-builds-index',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a unique constraint is added without its index',
  why: 'The index is built under ACCESS EXCLUSIVE: nobody reads or writes the table until it is done.',
  hint: 'build a unique index CONCURRENTLY, then add the constraint USING INDEX',
  bad: 'alter table invoice add constraint invoice_code_key unique (code);',
  good: 'create unique index concurrently invoice_code_key on invoice (code);\nalter table invoice add constraint invoice_code_key unique using index invoice_code_key;',
  judge: onClause(['add-constraint'], ({ constraint }, { table }) =>
    constraint.kind === 'unique' && constraint.usingIndex === undefined
      ? `the index of ${constraint.name ?? 'the constraint'} on ${table.name} is built under the lock`
      : undefined,
  ),
};

/** The same for the primary key, which reads for NULL too. */
export const addPrimaryKeyBuildsIndex: LintRule = {
  code: 'add-primary-key-builds-index',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a primary key is added without its index',
  why: 'The index is built, and every row read for NULL, under ACCESS EXCLUSIVE.',
  hint: 'make the columns NOT NULL, build a unique index CONCURRENTLY, then ADD PRIMARY KEY USING INDEX',
  bad: 'alter table invoice add constraint invoice_pkey primary key (id);',
  good: 'create unique index concurrently invoice_pkey on invoice (id);\nalter table invoice add constraint invoice_pkey primary key using index invoice_pkey;',
  judge: onClause(['add-constraint'], ({ constraint }, { table }) =>
    constraint.kind === 'primary-key' && constraint.usingIndex === undefined
      ? `the primary key of ${table.name} is built under the lock`
      : undefined,
  ),
};

/** The constraint that has no online form. */
export const addExclusionConstraint: LintRule = {
  code: 'add-exclusion-constraint',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'an exclusion constraint is added to a table with rows',
  why: 'Its index is built under ACCESS EXCLUSIVE, and there is neither a NOT VALID nor a CONCURRENTLY for it.',
  hint: 'make a new table with the constraint, copy the rows in batches, and change over',
  bad: 'alter table stay add constraint no_overlap exclude using gist (room with =, nights with &&);',
  good: 'create table stay_next (room int, nights daterange, constraint no_overlap exclude using gist (room with =, nights with &&));',
  judge: onClause(['add-constraint'], ({ constraint }, { table }) =>
    constraint.kind === 'exclude'
      ? `the index of ${constraint.name ?? 'the constraint'} on ${table.name} is built under the lock`
      : undefined,
  ),
};

/** A rule that holds, does not hold, and holds again. */
export const constraintGap: LintRule = {
  code: 'constraint-gap',
  severity: 'warning',
  sparesNewTables: true,
  title: 'a constraint is dropped before its successor is there',
  why: 'Between the two statements rows come in that neither the old rule nor the new one allows, and the second statement fails on them.',
  hint: 'add the new one under another name, validate it, then drop the old one',
  bad: 'alter table invoice drop constraint total_there;\nalter table invoice add constraint total_there check (total > 0) not valid;',
  good: 'alter table invoice add constraint total_positive check (total > 0) not valid;\nalter table invoice drop constraint total_there;',
  judge: onClause(['add-constraint'], ({ constraint: { name } }, { table }, context) =>
    name !== undefined && context.transaction === undefined && context.wasDropped('constraint', table, name)
      ? `${name} on ${table.name} does not hold between being dropped and being added`
      : undefined,
  ),
};

/** Every table of a domain at once. */
export const domainConstraint: LintRule = {
  code: 'domain-constraint',
  severity: 'error',
  title: 'a constraint is added to a domain',
  why: 'Measured: SHARE on every table with a column of the domain, each of which is read in full.',
  hint: 'add it as NOT VALID and validate it when it is quiet, or put the check on the tables',
  bad: 'alter domain amount add constraint positive check (value > 0);',
  good: 'alter domain amount add constraint positive check (value > 0) not valid;',
  judge: onAction(['domain-constraint'], ({ domain, notValid }) =>
    notValid ? undefined : `every table with a column of ${domain} is read and takes no writes`,
  ),
};

/** A domain that can only be changed for all tables at once. */
export const domainWithCheck: LintRule = {
  code: 'domain-with-check',
  severity: 'advice',
  title: 'a domain with a constraint is made',
  why: 'Measured: a column of such a domain rewrites the table when it is added, even where it holds NULL; and changing the constraint reads every table that uses it.',
  hint: 'use the base type with a check on the table',
  bad: 'create domain amount as int check (value > 0);',
  good: 'create domain amount as int;',
  judge: onAction(['create-other'], ({ what, name }, _context, { words }) =>
    what === 'domain' && words.some(({ kind, text }) => kind === 'word' && text === 'check')
      ? `domain ${name} carries a check`
      : undefined,
  ),
};

/** A new table that locks an old one. */
export const newTableLocksPartner: LintRule = {
  code: 'new-table-locks-partner',
  severity: 'advice',
  title: 'a new table refers to one with rows',
  why: 'Measured: SHARE ROW EXCLUSIVE on the table that it refers to. It is short, but it waits behind every long write, and all writers wait behind it.',
  hint: 'set lock_timeout and try again, or add the foreign key in a statement of its own',
  bad: 'create table invoice_line (id bigint primary key, invoice bigint references invoice (id));',
  good: 'create table invoice_line (id bigint primary key, invoice bigint);',
  judge: onAction(['create-table'], ({ table, columns, constraints }, context) => {
    const partners = [...columns, ...constraints].flatMap(({ references }) => references ?? []);
    const busy = partners.find((partner) => partner.name !== table.name && !context.isNew(partner));
    return busy === undefined ? undefined : `${busy.name} takes no writes while ${table.name} is made`;
  }),
};

/** A partner that is locked too. */
export const dropForeignKeyLocksBoth: LintRule = {
  code: 'drop-foreign-key-locks-both',
  severity: 'advice',
  sparesNewTables: true,
  title: 'a foreign key is dropped beside other changes',
  why: 'Measured: ACCESS EXCLUSIVE on both tables. It is short, but every other change in the same transaction makes it longer.',
  hint: 'drop it in a transaction of its own, with a short lock_timeout',
  bad: 'alter table invoice drop constraint invoice_customer_fkey, add column note text;',
  good: 'alter table invoice drop constraint invoice_customer_fkey;',
  judge: onClause(['drop-constraint'], ({ name }, { clauses }) =>
    /(?:fk|fkey|foreign)/i.test(name) && clauses.some(isNoConstraint)
      ? `the tables of ${name} stay locked for the rest of the statement`
      : undefined,
  ),
};

function isNoConstraint({ kind }: TableClause): boolean {
  return kind !== 'drop-constraint' && kind !== 'add-constraint';
}
