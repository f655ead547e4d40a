import type { LintAction, TableClause } from '../../../dialect/lint/action.ts';
import type { LintContext } from '../../../dialect/lint/context.ts';
import type { Judgement, LintRule, LintStatement } from '../../../dialect/lint/rule.ts';

/** Nobody waits for ever. */
export const requireLockTimeout: LintRule = {
  code: 'require-lock-timeout',
  severity: 'warning',
  filesOnly: true,
  title: 'a strong lock is asked for without a limit',
  why: 'A statement that waits for its lock keeps everybody waiting who comes after it: one long query is enough to stop the service.',
  hint: 'SET lock_timeout to a second or two first, and try again when it fails',
  bad: 'alter table invoice add column note text;',
  good: "set lock_timeout = '1s';\nalter table invoice add column note text;",
  judge: (statement, context) => missing('lock_timeout', statement, context),
};

/** Nothing runs for ever. */
export const requireStatementTimeout: LintRule = {
  code: 'require-statement-timeout',
  severity: 'advice',
  filesOnly: true,
  title: 'a statement under a strong lock has no limit',
  why: 'A statement that takes longer than expected holds its lock for all that time, and nobody is there to stop it.',
  hint: 'SET statement_timeout first',
  bad: 'alter table invoice add column note text;',
  good: "set statement_timeout = '5s';\nalter table invoice add column note text;",
  judge: (statement, context) => missing('statement_timeout', statement, context),
};

/** A time limit as PostgreSQL reads it; undefined when it is not a plain constant. */
export function milliseconds(value: string | undefined): number | undefined {
  const [, amount, unit = 'ms'] = /^'?\s*(\d+)\s*(us|ms|s|min|h|d)?\s*'?$/.exec(value ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount) * (unitsMs[unit] ?? 1);
}

const unitsMs: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function missing(setting: string, { action }: LintStatement, context: LintContext): readonly Judgement[] {
  const limit = context.setting(setting);
  const isLimited = limit !== undefined && milliseconds(limit) !== 0;
  return isLimited || !locksStrongly(action, context)
    ? []
    : [{ message: `${setting} is not set before this statement` }];
}

/** SHARE UPDATE EXCLUSIVE: whoever reads or writes rows goes on. */
function isWeak({ kind }: TableClause): boolean {
  return kind === 'validate-constraint' || kind === 'tune';
}

function locksStrongly(action: LintAction, context: LintContext): boolean {
  switch (action.kind) {
    case 'alter-table':
      return !context.isNew(action.table) && !action.clauses.every(isWeak);
    case 'create-index':
      return !action.concurrently && !context.isNew(action.table);
    case 'drop-index':
    case 'reindex':
    case 'refresh-view':
      return !action.concurrently;
    case 'drop-table':
      return action.tables.some((table) => !context.isNew(table));
    case 'truncate':
    case 'cluster':
    case 'lock-table':
    case 'domain-constraint':
      return true;
    case 'vacuum':
      return action.full;
    case 'drop-other':
    case 'create-other':
      return ['trigger', 'policy', 'rule'].includes(action.what);
    case 'create-table':
    case 'rename-tables':
    case 'alter-other':
    case 'enum-value':
    case 'update':
    case 'delete':
    case 'insert':
    case 'merge':
    case 'select':
    case 'begin':
    case 'commit':
    case 'rollback':
    case 'savepoint':
    case 'set':
    case 'pragma':
    case 'grant':
    case 'note':
    case 'end-of-script':
    case 'not-understood':
      return false;
  }
}
