import type { Database } from '../../database/database.ts';
import { planUp } from '../plan/revision-plan.ts';
import { measurePlan } from '../prove/measure-plan.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { compiledChanges } from './compiled-changes.ts';
import { byPlace, type Finding } from './finding.ts';
import { judgeEffects } from './judge-effects.ts';
import { findingsOf, statementsOf } from './judge-steps.ts';
import type { RevisionLint } from './lint-revision.ts';
import { excerptOf } from './place.ts';

/**
 * What the statements of a revision do, by measure: `database` is a scratch one that is as the revision finds it, with
 * rows in it. They take effect there.
 */
export async function lintEffects(
  revision: LoadedRevision,
  database: Database,
  options: RevisionLint,
): Promise<readonly Finding[]> {
  const { dialect } = database;
  const compiled = compiledChanges(revision, dialect, options).flatMap((change) =>
    change.statements.map((statement) => ({ ...change, statement })),
  );
  const plan = planUp(revision, options.before, dialect);
  const effects = await measurePlan(database, { ...plan, statements: compiled.map(({ statement }) => statement) });
  const findings = compiled.flatMap(({ statement: { sql }, place, allowed }, at) => {
    const measured = effects[at];
    if (measured === undefined) return [];
    const statements = statementsOf(sql, dialect);
    const words = statements.flatMap((statement) => statement.words);
    return judgeEffects({ words }, measured, options.before)
      .filter(({ rule }) => !allowed.has(rule.code))
      .flatMap(({ rule, message }) =>
        findingsOf(rule, options, { message, statement: excerptOf(statements[0]?.words ?? [], sql), ...place }),
      );
  });
  return findings.toSorted(byPlace);
}
