import { onAction } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';
import { milliseconds } from './timeouts.ts';

/** Writers wait for an index. */
export const createIndexBlocksWrites: LintRule = {
  code: 'create-index-blocks-writes',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'an index is built while writers wait',
  why: 'Measured: SHARE on the table, so nobody writes until the index is done.',
  hint: 'CREATE INDEX CONCURRENTLY, outside a transaction',
  bad: 'create index invoice_total on invoice (total);',
  good: 'create index concurrently invoice_total on invoice (total);',
  judge: onAction(['create-index'], ({ concurrently, only, table, name }) =>
    concurrently || only ? undefined : `${table.name} takes no writes while ${name ?? 'the index'} is built`,
  ),
};

/** What cannot be undone cannot be in a transaction. */
export const concurrentInTransaction: LintRule = {
  code: 'concurrent-in-transaction',
  severity: 'error',
  title: 'something is done CONCURRENTLY in a transaction',
  why: 'The server refuses it there, with 25001.',
  hint: 'commit first',
  bad: 'begin;\ncreate index concurrently invoice_total on invoice (total);\ncommit;',
  good: 'create index concurrently invoice_total on invoice (total);',
  judge: onAction(['create-index', 'drop-index', 'reindex'], (action, { transaction }) =>
    action.concurrently && transaction !== undefined ? 'CONCURRENTLY is refused in a transaction' : undefined,
  ),
};

/** An impatient build leaves a broken index. */
export const concurrentWithShortTimeout: LintRule = {
  code: 'concurrent-with-short-timeout',
  severity: 'warning',
  title: 'an index is built CONCURRENTLY under a short lock_timeout',
  why: 'Measured: the build waits for every older snapshot in the database, so a short timeout ends it and leaves an INVALID index that each write pays for.',
  hint: 'set lock_timeout to minutes, or to 0, for this one statement',
  bad: "set lock_timeout = '1s';\ncreate index concurrently invoice_total on invoice (total);",
  good: "set lock_timeout = '10min';\ncreate index concurrently invoice_total on invoice (total);",
  judge: onAction(['create-index', 'reindex'], (action, context) => {
    const limit = milliseconds(context.setting('lock_timeout'));
    const isShort = limit !== undefined && limit > 0 && limit < 60_000;
    return action.concurrently && isShort ? 'the build ends when it has waited that long' : undefined;
  }),
};

/** Everybody waits while an index goes. */
export const dropIndexBlocks: LintRule = {
  code: 'drop-index-blocks',
  severity: 'warning',
  title: 'an index is dropped under the strongest lock',
  why: 'ACCESS EXCLUSIVE on the table: short, but it waits behind every running query, and all others wait behind it.',
  hint: 'DROP INDEX CONCURRENTLY, when no server has used it for days',
  bad: 'drop index invoice_total;',
  good: 'drop index concurrently invoice_total;',
  judge: onAction(['drop-index'], ({ concurrently, names }, context) => {
    const kept = names.filter(({ name }) => !context.isBuilt(name)).map(({ name }) => name);
    return concurrently || kept.length === 0 ? undefined : `the table of ${kept.join(', ')} is locked for everybody`;
  }),
};

/** A rebuild that stops everybody. */
export const reindexBlocks: LintRule = {
  code: 'reindex-blocks',
  severity: 'error',
  title: 'an index is rebuilt while others wait',
  why: 'Measured: SHARE on the table and ACCESS EXCLUSIVE on the index: no writes, and no query that would use it.',
  hint: 'REINDEX … CONCURRENTLY',
  bad: 'reindex table invoice;',
  good: 'reindex table concurrently invoice;',
  judge: onAction(['reindex'], ({ concurrently, what }) =>
    concurrently || what === 'system' ? undefined : 'writers wait until the rebuild is done',
  ),
};

/** Names that are cut. */
export const identifierTooLong: LintRule = {
  code: 'identifier-too-long',
  severity: 'warning',
  title: 'a name is longer than 63 bytes',
  why: 'The server cuts it without an error: two long names become one, and code that looks for the whole name finds nothing.',
  hint: 'choose a shorter name',
  bad: `create table ${'long_'.repeat(13)}name (id bigint primary key);`,
  good: 'create table name (id bigint primary key);',
  judge: ({ words }) =>
    words
      .filter(({ kind, text }) => (kind === 'word' || kind === 'name') && Buffer.byteLength(text) > 63)
      .map(({ text, at }) => ({ message: `${text} is cut to 63 bytes`, at })),
};
