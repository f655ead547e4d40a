import type { Catalog } from '../../catalog/model/catalog.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { Safety } from '../../dialect/structure/rules.ts';
import type { LintAction } from '../../dialect/lint/action.ts';
import type { LintRule } from '../../dialect/lint/rule.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { inSegments, type Segment } from '../script/segments.ts';
import { compiledChanges, type CompiledChange } from './compiled-changes.ts';
import { byPlace, type Finding } from './finding.ts';
import { findingsOf, judgeSteps, statementsOf, type LintOptions, type LintStep, type Place } from './judge-steps.ts';
import { unreasoned } from './lint-script.ts';
import { placeOf } from './place.ts';
import { aboutMeaning, judgeChange } from './rules/change.ts';
import { suppressionWithoutReason } from './rules/text.ts';
import { suppressionsIn } from './suppression.ts';

/** What judging a revision takes beside the revision itself. */
export interface RevisionLint extends LintOptions {
  /** The text of its file: findings point into it, and comments in it allow what they name. */
  readonly source: string;
  /** The catalog that the revision is applied to. */
  readonly before: Catalog;
}

/** What the rules find fault with in a revision: what its changes mean, and the statements that they become. */
export function lintRevision(revision: LoadedRevision, dialect: Dialect, options: RevisionLint): readonly Finding[] {
  const changes = compiledChanges(revision, dialect, options);
  const meanings = changes.flatMap(({ change, place, allowed }) =>
    judgeChange(change, revision)
      .filter(({ rule }) => !allowed.has(rule.code))
      .flatMap(({ rule, message }) => findingsOf(rule, options, { message, statement: '', ...place })),
  );
  const byStatement = new Map(changes.flatMap((one) => one.statements.map((statement) => [statement, one])));
  const segments = inSegments([...byStatement.keys()], dialect);
  const steps = segments.flatMap((segment) => framed(segment, stepsOf(segment, byStatement, dialect, options.source)));
  const judged = judgeSteps(steps, dialect, { ...options, fromRevision: true });
  return [...meanings, ...judged, ...withoutReason(revision, options)].toSorted(byPlace);
}

function stepsOf(
  { statements }: Segment,
  changes: ReadonlyMap<DefinitionStatement, CompiledChange>,
  dialect: Dialect,
  source: string,
): readonly LintStep[] {
  return statements.flatMap((compiled) => {
    const { change, safe, place = { line: 1, column: 1 }, allowed } = changes.get(compiled) ?? {};
    const isByHand = change?.kind === 'raw-sql';
    const { sql } = compiled;
    const inSql = new Set(suppressionsIn(sql).map(({ code }) => code));
    return statementsOf(sql, dialect).map((statement) => ({
      statement,
      text: sql,
      placeOf: (at: number) => (isByHand ? placeInFile(source, sql, at, place) : place),
      hears: (rule: LintRule) =>
        allowed?.has(rule.code) !== true && !inSql.has(rule.code) && (isByHand || isAbout(rule, compiled, safe)),
    }));
  });
}

/** Has the rule something to say of a statement that Rowhouse planned? */
function isAbout({ code, sparesPlanned }: LintRule, planned: DefinitionStatement, safe: Safety | undefined): boolean {
  if (aboutMeaning.has(code)) return false;
  if (sparesPlanned === undefined) return true;
  switch (sparesPlanned) {
    case 'online':
      return safe !== 'online';
    case 'asks':
    case 'rebuilds':
      return planned[sparesPlanned] !== true;
  }
}

/** The line of SQL by hand, where the file holds it as it is written; else that of its change. */
function placeInFile(source: string, sql: string, at: number, place: Place): Place {
  const [line = ''] = sql.slice(at).split('\n');
  const found = line.trim() === '' ? -1 : source.indexOf(line.trim().replace(/;$/, ''));
  return found === -1 ? place : placeOf(source, found);
}

/** What Rowhouse runs before and after a segment: rules do not judge it, and need to know of it. */
function framed({ kind }: Segment, steps: readonly LintStep[]): readonly LintStep[] {
  const pragma: LintAction = { kind: 'pragma', name: 'foreign_keys', value: 'off' };
  switch (kind) {
    case 'single':
      return steps;
    case 'transaction':
      return [unheard({ kind: 'begin' }), ...steps, unheard({ kind: 'commit' })];
    case 'rebuild':
      return [unheard(pragma), unheard({ kind: 'begin' }), ...steps, unheard({ kind: 'commit' })];
  }
}

function unheard(action: LintAction): LintStep {
  return {
    statement: { sql: '', at: 0, words: [], action },
    text: '',
    placeOf: () => ({ line: 1, column: 1 }),
    hears: () => false,
  };
}

function withoutReason({ allow = [] }: LoadedRevision, options: RevisionLint): readonly Finding[] {
  const empty = allow.filter(({ reason }) => reason.trim() === '');
  const place = { line: 1, column: 1, statement: '' };
  return [
    ...unreasoned(options.source, options),
    ...empty.flatMap(({ code }) =>
      findingsOf(suppressionWithoutReason, options, { message: `${code} is allowed without a reason`, ...place }),
    ),
  ];
}
