import type { LintRule } from '../../../dialect/lint/rule.ts';
import * as columns from './columns.ts';
import * as sessions from './sessions.ts';
import * as tables from './tables.ts';

/** What is dangerous on MySQL and MariaDB, beside what is so everywhere. */
export const mysqlLint: readonly LintRule[] = [
  ...Object.values(columns),
  ...Object.values(tables),
  ...Object.values(sessions),
];
