import type { Dialect } from '../../dialect/dialect.ts';
import type { LintRule } from '../../dialect/lint/rule.ts';
import { broadGrant, tableWithoutPrimaryKey, viewOfAllColumns, wideIndex } from './rules/design.ts';
import { dropColumn, dropDatabase, dropNotNull, dropTable, truncateTable } from './rules/drop.ts';
import { blocksWritersWhileReading, rewritesTable, strongLockOnPartner } from './rules/measured.ts';
import { renameColumn, renameTable } from './rules/rename.ts';
import { deleteWithoutWhere, duplicateColumn, rowsBesideDefinitions, updateWithoutWhere } from './rules/rows.ts';
import { notUnderstood, suppressionWithoutReason } from './rules/text.ts';
import { transactionNesting, uncommittedTransaction } from './rules/transaction.ts';

/** The rules of every engine. */
export const sharedRules: readonly LintRule[] = [
  dropTable,
  dropColumn,
  dropDatabase,
  dropNotNull,
  truncateTable,
  renameTable,
  renameColumn,
  updateWithoutWhere,
  deleteWithoutWhere,
  rowsBesideDefinitions,
  duplicateColumn,
  transactionNesting,
  uncommittedTransaction,
  tableWithoutPrimaryKey,
  wideIndex,
  viewOfAllColumns,
  broadGrant,
  notUnderstood,
  suppressionWithoutReason,
];

/** Rules that need a server to measure on. */
export const measuredRules: readonly LintRule[] = [blocksWritersWhileReading, rewritesTable, strongLockOnPartner];

/** The rules that hold for statements of a dialect. */
export function rulesFor({ lint = [] }: Pick<Dialect, 'lint'>): readonly LintRule[] {
  return [...sharedRules, ...lint];
}
