import type { LintRule } from '../../../dialect/lint/rule.ts';
import * as addColumn from './add-column.ts';
import * as alterColumn from './alter-column.ts';
import * as constraint from './constraint.ts';
import * as enums from './enums.ts';
import * as hygiene from './hygiene.ts';
import * as indexes from './indexes.ts';
import * as tables from './tables.ts';
import * as timeouts from './timeouts.ts';
import * as types from './types.ts';

/** What is dangerous on PostgreSQL, beside what is so everywhere. */
export const postgresLint: readonly LintRule[] = [
  ...Object.values(addColumn),
  ...Object.values(alterColumn),
  ...Object.values(constraint),
  ...Object.values(indexes),
  ...Object.values(tables),
  ...Object.values(enums),
  ...Object.values(types),
  timeouts.requireLockTimeout,
  timeouts.requireStatementTimeout,
  ...Object.values(hygiene),
];
