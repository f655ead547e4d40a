import { allOf, onAction, onClause } from '../../../dialect/lint/each.ts';
import type { TableClause } from '../../../dialect/lint/action.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** The server decides alone. */
export const alterWithoutAlgorithm: LintRule = {
  code: 'alter-without-algorithm',
  severity: 'advice',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'ALTER TABLE does not say how it may be done',
  why: 'Without ALGORITHM the server takes the best way it has, and falls back to copying the table while nobody writes it, without a word.',
  hint: 'write ALGORITHM=INSTANT, or ALGORITHM=INPLACE, LOCK=NONE: a server that cannot then says so',
  bad: 'alter table invoice add column note text;',
  good: 'alter table invoice add column note text, algorithm=instant;',
  judge: onAction(['alter-table'], ({ table, algorithm, clauses }) =>
    algorithm === undefined && clauses.some(({ kind }) => kind !== 'rename-table')
      ? `${table.name} may be copied without a word`
      : undefined,
  ),
};

/** Text in another alphabet. */
export const convertCharsetCopies: LintRule = {
  code: 'convert-charset-copies',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a table is converted to another character set',
  why: 'Measured: the table is copied while nobody writes it. Values that differ under the old collation may be equal under the new one, and unique indexes then fail at the end of it.',
  hint: 'look for such values first, and convert by an online copy',
  bad: 'alter table invoice convert to character set utf8mb4;',
  good: 'alter table invoice default character set utf8mb4;',
  judge: onClause(['convert-charset'], (_clause, { table }) => `${table.name} is copied while nobody writes it`),
};

/** A foreign key under checks. */
export const addForeignKeyCopies: LintRule = {
  code: 'add-foreign-key-copies',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a foreign key is added while its rows are checked',
  why: 'Measured: with foreign_key_checks on, the table is copied while nobody writes it.',
  hint: 'look for orphans, SET foreign_key_checks = 0, add it with ALGORITHM=INPLACE, look again, switch the checks on',
  bad: 'alter table invoice add constraint invoice_customer foreign key (customer) references customer (id);',
  good: 'set foreign_key_checks = 0;\nalter table invoice add constraint invoice_customer foreign key (customer) references customer (id), algorithm=inplace;',
  judge: onClause(['add-constraint'], ({ constraint }, { table }, context) =>
    constraint.kind === 'foreign-key' && !/^(?:0|off)$/.test(context.setting('foreign_key_checks') ?? '')
      ? `${table.name} is copied while nobody writes it`
      : undefined,
  ),
};

/** A check under a copy. */
export const addCheckCopies: LintRule = {
  code: 'add-check-copies',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a check is added to a table with rows',
  why: 'Measured: the table is copied while nobody writes it.',
  hint: 'guard new rows with a trigger, and add the check by an online copy',
  bad: 'alter table invoice add constraint total_there check (total >= 0);',
  good: 'create trigger total_there before insert on invoice for each row set new.total = greatest(new.total, 0);',
  judge: onClause(['add-constraint'], ({ constraint }, { table }) =>
    constraint.kind === 'check' && !constraint.notValid ? `${table.name} is copied while nobody writes it` : undefined,
  ),
};

/** Rows in another order. */
export const changePrimaryKey: LintRule = {
  code: 'change-primary-key',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'the primary key of a table is dropped or made',
  why: 'Rows are kept in the order of the key, so all of them are written anew; between two statements the table has no key, and replicas read it in full for each row.',
  hint: 'DROP PRIMARY KEY, ADD PRIMARY KEY in one statement with ALGORITHM=INPLACE, LOCK=NONE',
  bad: 'alter table invoice drop primary key;',
  good: 'alter table invoice drop primary key, add primary key (id), algorithm=inplace, lock=none;',
  judge: onClause(['drop-constraint', 'add-constraint'], (clause, { table, algorithm }) => {
    const isKey =
      clause.kind === 'drop-constraint' ? clause.of === 'primary-key' : clause.constraint.kind === 'primary-key';
    return isKey && algorithm !== 'inplace' ? `all rows of ${table.name} are written anew` : undefined;
  }),
};

/** An index that was still used. */
export const dropIndexAtOnce: LintRule = {
  code: 'drop-index-at-once',
  severity: 'advice',
  sparesNewTables: true,
  title: 'an index is dropped that may still be used',
  why: 'If a query needed it, that query reads whole tables from now on, and building the index again takes long.',
  hint: 'make it INVISIBLE (MariaDB: IGNORED) first, wait, then drop it',
  bad: 'drop index invoice_total on invoice;',
  good: '-- rowhouse: allow drop-index-at-once: no query has used it for a month\ndrop index invoice_total on invoice;',
  judge: allOf(
    onAction(['drop-index'], ({ names }) => `index ${names.map(({ name }) => name).join(', ')} may still be used`),
    onClause(['drop-index'], ({ name }) => `index ${name} may still be used`),
  ),
};

/** Indexes that stop writers. */
export const specialIndexBlocksWrites: LintRule = {
  code: 'special-index-blocks-writes',
  severity: 'error',
  sparesNewTables: true,
  title: 'a full-text or spatial index is built',
  why: 'Measured: nobody writes the table until it is done; LOCK=NONE is refused for it.',
  hint: 'build it in a quiet hour, or by an online copy',
  bad: 'create fulltext index invoice_note on invoice (note);',
  good: 'create index invoice_note on invoice (note(20));',
  judge: allOf(
    onAction(['create-index'], ({ special, table }) =>
      special === undefined ? undefined : `${table.name} takes no writes until the ${special} index is done`,
    ),
    onClause(['add-index'], ({ special }, { table }) =>
      special === undefined ? undefined : `${table.name} takes no writes until the ${special} index is done`,
    ),
  ),
};

/** The slowest part decides. */
export const mixedAlter: LintRule = {
  code: 'mixed-alter',
  severity: 'warning',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'one ALTER TABLE mixes instant and slow parts',
  why: 'The whole statement is done as its slowest part: columns that could be added in a moment wait for a copy.',
  hint: 'a statement for the instant parts, another for the rest',
  bad: 'alter table invoice add column note text, modify total bigint not null;',
  good: 'alter table invoice add column note text;\nalter table invoice modify total bigint not null;',
  judge: onAction(['alter-table'], ({ table, clauses }) =>
    clauses.some(isInstant) && clauses.some(isSlow) ? `instant parts of ${table.name} wait for slow ones` : undefined,
  ),
};

function isInstant({ kind }: TableClause): boolean {
  return ['add-column', 'rename-column', 'set-default', 'drop-default'].includes(kind);
}

function isSlow(clause: TableClause): boolean {
  if (clause.kind === 'add-constraint') return clause.constraint.kind !== 'unique';
  return ['modify-column', 'convert-charset', 'rebuild'].includes(clause.kind);
}

/** A table is built anew. */
export const rebuildsTable: LintRule = {
  code: 'alter-rebuilds-table',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a table is rebuilt as a whole',
  why: 'ENGINE, ROW_FORMAT, KEY_BLOCK_SIZE, TABLESPACE and FORCE write every row anew; where LOCK=NONE is not demanded, perhaps while nobody writes.',
  hint: 'write ALGORITHM=INPLACE, LOCK=NONE',
  bad: 'alter table invoice engine=innodb;',
  good: 'alter table invoice engine=innodb, algorithm=inplace, lock=none;',
  judge: onClause(['rebuild'], ({ how }, { table, lock }) =>
    lock === 'none' ? undefined : `all rows of ${table.name} are written anew by ${how.toUpperCase()}`,
  ),
};

/** Rows go with their partition. */
export const dropPartition: LintRule = {
  code: 'drop-partition',
  severity: 'error',
  title: 'a partition is dropped or emptied',
  why: 'Its rows are gone at once, without a way back.',
  hint: 'EXCHANGE PARTITION with a table of its own first',
  bad: 'alter table visit drop partition p2020;',
  good: 'alter table visit exchange partition p2020 with table visit_2020;',
  judge: onClause(['drop-partition'], (_clause, { table }) => `rows of ${table.name} go with their partition`),
};

/** A table that forgets. */
export const unsafeEngine: LintRule = {
  code: 'engine-without-transactions',
  severity: 'error',
  title: 'a table is kept by an engine without transactions',
  why: 'MyISAM, MEMORY and Aria tables take no part in transactions and lose rows in a crash; a Galera cluster does not replicate them.',
  hint: 'use InnoDB',
  bad: 'create table visit (id bigint primary key) engine=myisam;',
  good: 'create table visit (id bigint primary key) engine=innodb;',
  judge: onAction(['create-table'], ({ table, options, temporary }) =>
    !temporary &&
    options.some(({ text }) => ['myisam', 'memory', 'aria', 'csv', 'archive'].includes(text.toLowerCase()))
      ? `${table.name} takes no part in transactions`
      : undefined,
  ),
};
