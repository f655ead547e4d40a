import type { Dialect } from '../../dialect/dialect.ts';
import type { LintAction } from '../../dialect/lint/action.ts';
import type { LintRule, LintStatement } from '../../dialect/lint/rule.ts';
import { placedStatements } from '../script/split-statements.ts';
import type { Finding } from './finding.ts';
import { severityIn, type LintSettings } from './lint-settings.ts';
import { excerptOf } from './place.ts';
import { readStatement } from './read/read-statement.ts';
import { rulesFor } from './rules.ts';
import { notUnderstood } from './rules/text.ts';
import { ScriptState } from './script-state.ts';
import { wordsOf } from './words-of.ts';

/** The part of a dialect that judging statements takes. */
export type LintDialect = Pick<Dialect, 'text' | 'variants' | 'lint'>;

export interface LintOptions {
  /** The name that findings carry. */
  readonly file: string;
  readonly settings?: LintSettings | undefined;
  /** The tool that runs the script opens the transaction around it. */
  readonly managed?: boolean | undefined;
  /** The statements come from a revision, which Rowhouse runs with its own transactions and time limits. */
  readonly fromRevision?: boolean | undefined;
  /** The major version of the server; default: the newest. */
  readonly majorVersion?: number | undefined;
  /** Statements that are not understood are findings too. */
  readonly verbose?: boolean | undefined;
}

/** A statement on its way to the rules. */
export interface LintStep {
  readonly statement: LintStatement;
  /** The text that the statement's places count in. */
  readonly text: string;
  /** The line and column of a place in that text, as findings tell them. */
  readonly placeOf: (at: number) => Place;
  /** False: the rule has nothing to say here. */
  readonly hears: (rule: LintRule) => boolean;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What the rules say of steps that run one after the other. */
export function judgeSteps(steps: readonly LintStep[], dialect: LintDialect, options: LintOptions): readonly Finding[] {
  const rules = rulesFor(dialect).filter((rule) => applies(rule, options));
  const state = new ScriptState({ majorVersion: options.majorVersion ?? Infinity, managed: options.managed === true });
  return steps.flatMap((step) => {
    const findings = rules.filter(step.hears).flatMap((rule) => judgeStep(rule, step, state, options));
    state.follow(step.statement);
    return findings;
  });
}

function judgeStep(rule: LintRule, step: LintStep, state: ScriptState, options: LintOptions): readonly Finding[] {
  const { statement, text, placeOf } = step;
  if (rule.sparesNewTables === true && isOnNewTable(statement.action, state)) return [];
  return rule
    .judge(statement, state)
    .flatMap(({ message, at = statement.at }) =>
      findingsOf(rule, options, { message, statement: excerptOf(statement.words, text), ...placeOf(at) }),
    );
}

/** The finding of a rule, as grave as the settings say; none where they switch the rule off. */
export function findingsOf(
  rule: LintRule,
  { file, settings = {} }: Pick<LintOptions, 'file' | 'settings'>,
  found: Pick<Finding, 'line' | 'column' | 'message' | 'statement'>,
): readonly Finding[] {
  const severity = severityIn(file, rule, settings);
  if (severity === undefined) return [];
  const { line, column, message, statement } = found;
  return [{ file, line, column, code: rule.code, severity, message, hint: rule.hint, statement }];
}

function applies(rule: LintRule, { verbose, fromRevision }: LintOptions): boolean {
  if (rule === notUnderstood) return verbose === true;
  return rule.filesOnly !== true || fromRevision !== true;
}

function isOnNewTable(action: LintAction, state: ScriptState): boolean {
  return 'table' in action && action.kind !== 'create-table' && state.isNew(action.table);
}

/** The statements of a text as the rules see them. */
export function statementsOf(text: string, dialect: LintDialect): readonly LintStatement[] {
  const syntax = dialect.text.script;
  return placedStatements(text, syntax).map(({ sql, at }) => {
    const words = wordsOf(sql, syntax, at);
    return { sql, at, words, action: readStatement(words) };
  });
}
