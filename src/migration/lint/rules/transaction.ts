import { allOf, onAction } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** Begins and commits that do not match. */
export const transactionNesting: LintRule = {
  code: 'transaction-nesting',
  severity: 'error',
  title: 'transactions are nested, or end where none is open',
  why: 'A second BEGIN does nothing but warn, so the first COMMIT ends what its author believes to be still open. Where a tool runs the file in a transaction of its own, a COMMIT in it ends that one.',
  hint: 'one BEGIN for one COMMIT, and none at all where a tool opens the transaction',
  bad: 'begin;\nselect 1;\ncommit;\ncommit;',
  good: 'begin;\nselect 1;\ncommit;',
  judge: allOf(
    onAction(['begin'], (_action, { transaction }) => {
      if (transaction === undefined) return undefined;
      return transaction.managed
        ? 'a transaction is begun in the one of the tool that runs the file'
        : 'a transaction is begun while one is open';
    }),
    onAction(['commit', 'rollback'], (_action, { transaction, position }) => {
      if (transaction === undefined) return 'no transaction is open that could end here';
      const endsFirst = position === 0;
      return transaction.managed && !endsFirst ? 'this ends the transaction of the tool that runs the file' : undefined;
    }),
  ),
};

/** A begin without an end. */
export const uncommittedTransaction: LintRule = {
  code: 'uncommitted-transaction',
  severity: 'error',
  title: 'a transaction is never committed',
  why: 'When the client goes, the server takes back everything since BEGIN, and the run looks like a success.',
  hint: 'end it with COMMIT',
  bad: 'begin;\ncreate table invoice (id bigint primary key);',
  good: 'begin;\ncreate table invoice (id bigint primary key);\ncommit;',
  judge: ({ action }, { transaction }) =>
    action.kind === 'end-of-script' && transaction !== undefined && !transaction.managed
      ? [{ message: 'the transaction that begins here is never committed', at: transaction.at }]
      : [],
};
