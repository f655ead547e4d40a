import { scriptText } from '../script/split-statements.ts';
import type { LintStatement } from '../../dialect/lint/rule.ts';
import { byPlace, type Finding } from './finding.ts';
import { findingsOf, judgeSteps, statementsOf, type LintDialect, type LintOptions } from './judge-steps.ts';
import { placeOf } from './place.ts';
import { suppressionWithoutReason } from './rules/text.ts';
import { suppressionsIn } from './suppression.ts';

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
  const statements = [...statementsOf(text, dialect), endOf(text)];
  const steps = statements.map((statement, at) => {
    const before = statements[at - 1];
    const allowed = allowedIn(text.slice(before === undefined ? 0 : endIn(before), endIn(statement)));
    return {
      statement,
      text,
      placeOf: (place: number) => placeOf(text, place),
      hears: ({ code }: { readonly code: string }) => !allowed.has(code),
    };
  });
  return [...judgeSteps(steps, dialect, options), ...unreasoned(text, options)].toSorted(byPlace);
}

/** What stands for the end of a script. */
function endOf(text: string): LintStatement {
  return { sql: '', at: text.length, words: [], action: { kind: 'end-of-script' } };
}

function endIn({ at, sql }: LintStatement): number {
  return at + sql.length;
}

function allowedIn(text: string): ReadonlySet<string> {
  return new Set(suppressionsIn(text).map(({ code }) => code));
}

/** Each comment of a text that allows something and does not say why. */
export function unreasoned(text: string, options: LintOptions): readonly Finding[] {
  return suppressionsIn(text)
    .filter(({ reason }) => reason === '')
    .flatMap(({ code, at }) =>
      findingsOf(suppressionWithoutReason, options, {
        message: `${code} is allowed without a reason`,
        statement: '',
        ...placeOf(text, at),
      }),
    );
}
