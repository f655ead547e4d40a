import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { renderScript } from '../script/render-script.ts';
import { makeLedger, recordPlan, type OfflineLedger } from './ledger-statements.ts';

export interface OfflineScript {
  readonly plans: readonly RevisionPlan[];
  readonly ledger: OfflineLedger;
  /** The script begins on an empty database and makes the ledger first. */
  readonly fromNothing: boolean;
}

/**
 * Plans as a text that the engine's own client runs unchanged, and that leaves the same entries in the ledger as a run
 * would. Each revision begins a transaction of its own, with its entry in it, where definitions are transactional.
 */
export function renderOffline({ plans, ledger, fromNothing }: OfflineScript, dialect: Dialect): string {
  const scripts = plans.map((plan) => {
    const { revision, direction } = plan;
    const statements = startingAnew([...plan.statements, ...recordPlan(plan, ledger, dialect)]);
    return `-- ${direction} ${revision.id}: ${revision.message.replaceAll(/\s+/g, ' ')}\n${renderScript(statements, dialect)}`;
  });
  const beginning = fromNothing ? [renderScript(startingAnew(makeLedger(ledger, dialect)), dialect)] : [];
  return [...beginning, ...scripts].join('\n');
}

function startingAnew([first, ...rest]: readonly DefinitionStatement[]): readonly DefinitionStatement[] {
  return first === undefined ? [] : [{ segment: 'start', ...first }, ...rest];
}
