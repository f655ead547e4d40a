import { onAction } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** A transaction that is none. */
export const definitionInTransaction: LintRule = {
  code: 'definition-in-transaction',
  severity: 'error',
  filesOnly: true,
  title: 'a definition is changed in a transaction',
  why: 'Each such statement commits what came before it and itself: a ROLLBACK takes nothing of it back.',
  hint: 'leave BEGIN and COMMIT out, and write the file so that it can be run again',
  bad: 'begin;\nalter table invoice add column note text;\ncommit;',
  good: 'alter table invoice add column note text;',
  judge: onAction(
    ['create-table', 'alter-table', 'drop-table', 'create-index', 'drop-index', 'rename-tables', 'truncate'],
    (action, { transaction }) => {
      const isTemporary = action.kind === 'create-table' && action.temporary;
      return transaction === undefined || transaction.managed || isTemporary
        ? undefined
        : 'this statement commits the transaction that it stands in';
    },
  ),
};

/** Nobody waits for ever. */
export const requireLockWaitTimeout: LintRule = {
  code: 'require-lock-wait-timeout',
  severity: 'warning',
  filesOnly: true,
  sparesNewTables: true,
  title: 'a table is altered without a limit on waiting',
  why: 'The statement waits for the metadata lock behind every running query, a year by default, and every later query waits behind it.',
  hint: 'SET lock_wait_timeout = 2 first, and try again when it fails',
  bad: 'alter table invoice add column note text;',
  good: 'set lock_wait_timeout = 2;\nalter table invoice add column note text;',
  judge: onAction(['alter-table', 'create-index', 'truncate'], (_action, context) =>
    context.setting('lock_wait_timeout') === undefined
      ? 'lock_wait_timeout is not set before this statement'
      : undefined,
  ),
};

/** A lock of one node. */
export const lockTables: LintRule = {
  code: 'lock-tables',
  severity: 'warning',
  title: 'tables are locked by hand',
  why: 'LOCK TABLES ends the open transaction, and in a Galera cluster it holds on one node only: others go on writing.',
  hint: 'lock the rows that are meant: SELECT … FOR UPDATE',
  bad: 'lock tables invoice write;',
  good: 'select id from invoice where id = 1 for update;',
  judge: onAction(['lock-table'], () => 'the lock ends the open transaction and holds on one node only'),
};
