import { onAction } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** A value somewhere in the order. */
export const enumValueWithoutPlace: LintRule = {
  code: 'enum-value-without-place',
  severity: 'advice',
  title: 'a value is added to an enum without a place',
  why: 'The order of the values is the order that ORDER BY and comparisons use. Without BEFORE or AFTER the value goes to the end, which differs between servers that got their values in different orders.',
  hint: 'say BEFORE or AFTER which value it stands',
  bad: "alter type state add value 'late';",
  good: "alter type state add value 'late' after 'sent';",
  judge: onAction(['enum-value'], ({ change, placed, type }) =>
    change === 'add' && !placed ? `the new value of ${type} has no place in its order` : undefined,
  ),
};

/** A value that code still writes. */
export const renameEnumValue: LintRule = {
  code: 'rename-enum-value',
  severity: 'warning',
  title: 'a value of an enum is renamed',
  why: 'Code that is still running writes and looks for the old value, and every such statement fails.',
  hint: 'add the new value, move the rows, and leave the old value unused',
  bad: "alter type state rename value 'late' to 'overdue';",
  good: "alter type state add value 'overdue' after 'late';",
  judge: onAction(['enum-value'], ({ change, type }, context) =>
    change === 'rename' && !context.isNewType(type) ? `a value of ${type} is renamed` : undefined,
  ),
};

/** A value before its transaction ends. */
export const enumValueInTransaction: LintRule = {
  code: 'enum-value-in-transaction',
  severity: 'warning',
  title: 'a value is added to an enum in a transaction that goes on',
  why: 'The value cannot be used before the transaction is committed: a statement that writes it fails, and all is rolled back.',
  hint: 'add the value in a transaction of its own',
  bad: "begin;\nalter type state add value 'late' after 'sent';\nupdate invoice set state = 'late' where id = 1;\ncommit;",
  good: "alter type state add value 'late' after 'sent';\nupdate invoice set state = 'late' where id = 1;",
  judge: onAction(['enum-value'], ({ change, type }, context) =>
    change === 'add' && context.transaction !== undefined && !context.isNewType(type)
      ? `the new value of ${type} cannot be used before the commit`
      : undefined,
  ),
};
