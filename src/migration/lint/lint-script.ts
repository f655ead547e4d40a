import type { Dialect } from '../../dialect/dialect.ts';
import type { LintAction } from '../../dialect/lint/action.ts';
import type { Judgement, LintRule, LintStatement } from '../../dialect/lint/rule.ts';
import { placedStatements, scriptText } from '../script/split-statements.ts';
import type { Finding } from './finding.ts';
import { severityIn, type LintSettings } from './lint-settings.ts';
import { excerptOf, placeOf } from './place.ts';
import { readStatement } from './read/read-statement.ts';
import { rulesFor } from './rules.ts';
import { notUnderstood, suppressionWithoutReason } from './rules/text.ts';
import { ScriptState } from './script-state.ts';
import { suppressionsIn } from './suppression.ts';
import { wordsOf } from './words-of.ts';

/** The part of a dialect that judging statements takes. */
export type LintDialect = Pick<Dialect, 'text' | 'variants' | 'lint'>;

export interface LintOptions {
  /** The name that findings carry. */
  readonly file: string;
  readonly settings?: LintSettings | undefined;
  /** The tool that runs the script opens the transaction around it. */
  readonly managed?: boolean | undefined;
  /** The major version of the server; default: the newest. */
  readonly majorVersion?: number | undefined;
  /** Statements that are not understood are findings too. */
  readonly verbose?: boolean | undefined;
}

/**
 * What the rules find fault with in a script, in the order of its lines.
 *
 * @example
 * ```ts
 * const findings = lintScript('alter table users add column age int not null', dialect, { file: 'add-age.sql' });
 * ```
 */
export function lintScript(script: string, dialect: LintDialect, options: LintOptions): readonly Finding[] {
  const text = scriptText(script);
  const statements = statementsOf(text, dialect);
  const rules = rulesFor(dialect).filter((rule) => options.verbose === true || rule !== notUnderstood);
  const state = new ScriptState({ majorVersion: options.majorVersion ?? Infinity, managed: options.managed === true });
  const findings: Finding[] = [];
  let searched = 0;
  for (const statement of statements) {
    const end = statement.at + statement.sql.length;
    const allowed = suppressionsIn(text.slice(searched, end)).map(({ code }) => code);
    searched = end;
    for (const rule of rules) {
      if (allowed.includes(rule.code)) continue;
      for (const judgement of judge(rule, statement, state)) {
        findings.push(...asFinding(rule, judgement, statement, text, options));
      }
    }
    state.follow(statement);
  }
  return [...findings, ...unreasoned(text, options)].toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** The statements of a script as the rules see them, and one more that stands for its end. */
export function statementsOf(text: string, dialect: LintDialect): readonly LintStatement[] {
  const statements = placedStatements(text, dialect.text.script).map(({ sql, at }) => {
    const words = wordsOf(sql, dialect.text.script, at);
    return { sql, at, words, action: readStatement(words) };
  });
  return [...statements, { sql: '', at: text.length, words: [], action: { kind: 'end-of-script' } }];
}

/** What one rule says of a statement after those that `state` has followed. */
export function judge(rule: LintRule, statement: LintStatement, state: ScriptState): readonly Judgement[] {
  if (rule.sparesNewTables === true && isOnNewTable(statement.action, state)) return [];
  return rule.judge(statement, state);
}

function isOnNewTable(action: LintAction, state: ScriptState): boolean {
  return 'table' in action && action.kind !== 'create-table' && state.isNew(action.table);
}

function asFinding(
  rule: LintRule,
  { message, at }: Judgement,
  { words, at: begins }: LintStatement,
  text: string,
  { file, settings = {} }: LintOptions,
): readonly Finding[] {
  const severity = severityIn(file, rule, settings);
  if (severity === undefined) return [];
  const { code, hint } = rule;
  return [{ file, ...placeOf(text, at ?? begins), code, severity, message, hint, statement: excerptOf(words, text, 0) }];
}

function unreasoned(text: string, options: LintOptions): readonly Finding[] {
  return suppressionsIn(text)
    .filter(({ reason }) => reason === '')
    .flatMap(({ code, at }) => {
      const words = { sql: '', at, words: [], action: { kind: 'note' } } as const;
      return asFinding(suppressionWithoutReason, { message: `${code} is allowed without a reason`, at }, words, text, options);
    });
}
