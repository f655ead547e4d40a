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
  /** The version of the server that the plans are for. */
  readonly serverVersion: string;
}

/**
 * Plans as a text that the engine's own client runs unchanged up to its end or the first error, and that leaves the same
 * entries in the ledger as a run would. Each revision begins a transaction of its own, with its entry in it, where definitions are transactional.
 */
export function renderOffline({ plans, ledger, fromNothing, serverVersion }: OfflineScript, dialect: Dialect): string {
  const scripts = plans.map((plan) => {
    const { revision, direction } = plan;
    const statements = startingAnew([...plan.statements, ...recordPlan(plan, ledger, dialect)]);
    return `-- ${direction} ${revision.id}: ${revision.message.replaceAll(/\s+/g, ' ')}\n${renderScript(statements, dialect)}`;
  });
  const beginning = fromNothing ? [renderScript(startingAnew(makeLedger(ledger, dialect)), dialect)] : [];
  const parts = [...beginning, ...scripts];
  return parts.length === 0 ? '' : [head(serverVersion, dialect), ...parts].join('\n');
}

/** What an older server does not know is an error to it, and the script must not go on behind that. */
function head(serverVersion: string, { name, text }: Dialect): string {
  const { stopsAtError } = text.script;
  const lines = [`-- made for ${name} ${serverVersion}`, ...(stopsAtError === undefined ? [] : [stopsAtError])];
  return lines.map((line) => `${line}\n`).join('');
}

function startingAnew([first, ...rest]: readonly DefinitionStatement[]): readonly DefinitionStatement[] {
  return first === undefined ? [] : [{ segment: 'start', ...first }, ...rest];
}
