import type { RuleTable } from '../../../dialect/structure/rules.ts';
import { indexRules, triggerRules, viewRules } from './object-rules.ts';
import { tableRules } from './table-rules.ts';
import { virtualTableRules } from './virtual-table-rules.ts';

/** How each kind of fact is made, changed and removed on SQLite. */
export const sqliteRules: RuleTable = {
  table: tableRules,
  'virtual table': virtualTableRules,
  index: indexRules,
  view: viewRules,
  trigger: triggerRules,
};
