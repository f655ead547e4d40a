import type { LintRule } from '../../../dialect/lint/rule.ts';

/** A statement that no rule can judge. */
export const notUnderstood: LintRule = {
  code: 'not-understood',
  severity: 'advice',
  title: 'a statement is not understood',
  why: 'No rule can judge a statement that is not understood from its text. It is told with --verbose only.',
  hint: 'judge it by its effect: `rowhouse lint --scratch URL`',
  bad: 'do $$ begin perform 1; end $$;',
  good: 'select 1;',
  judge: ({ action }) =>
    action.kind === 'not-understood' ? [{ message: 'no rule can judge this statement by its text' }] : [],
};

/** An exception that nobody will understand in a year. */
export const suppressionWithoutReason: LintRule = {
  code: 'suppression-without-reason',
  severity: 'error',
  title: 'a rule is suppressed without a reason',
  why: 'Whoever reads the file next year cannot tell whether the exception still holds.',
  hint: 'write the reason behind the code: `rowhouse: allow CODE: reason`',
  bad: '-- rowhouse: allow drop-table\ndrop table invoice;',
  good: '-- rowhouse: allow drop-table: its rows were copied to bill in March\ndrop table invoice;',
  judge: () => [],
};
