import type { LintRule } from '../../../dialect/lint/rule.ts';
import * as columns from './columns.ts';
import * as rebuild from './rebuild.ts';

/** What is dangerous on SQLite, beside what is so everywhere. */
export const sqliteLint: readonly LintRule[] = [...Object.values(columns), ...Object.values(rebuild)];
