import type { IsolationLevel } from '../dialect/session-statements.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { refuseUnknownOption } from '../util/refuse-unknown-option.ts';
import { optionNames } from '../util/unknown-option.ts';
import type { TransactionOptions } from './transaction.ts';

const known = optionNames<TransactionOptions>({
  isolation: true,
  readOnly: true,
  timeoutMs: true,
  deadlineMs: true,
  signal: true,
  attempts: true,
  brief: true,
});

const levels: Readonly<Record<IsolationLevel, true>> = {
  'read-committed': true,
  'repeatable-read': true,
  serializable: true,
};

/** Refuses options that a transaction does not have, and a level of isolation that no engine has, before it begins. */
export function refuseTransactionOptions(options: TransactionOptions | undefined): void {
  refuseUnknownOption(options, known, 'a transaction');
  const isolation = options?.isolation;
  if (isolation === undefined || Object.hasOwn(levels, isolation)) return;
  throw new RowhouseError('USAGE', `there is no isolation level ${String(isolation)}`, {
    details: { isolation },
    hint: `the levels are ${Object.keys(levels).join(', ')}`,
  });
}
