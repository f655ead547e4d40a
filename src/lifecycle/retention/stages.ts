import type { Session } from '../../database/session.ts';
import { planTable, type Field, type TablePlan } from '../../repository/table-plan.ts';
import { momentBefore, type Age } from '../age.ts';
import { momentValue } from '../moment-value.ts';
import type { RetentionPolicy } from './retention.ts';

export type StageKind = 'soft-delete' | 'delete' | 'purge';

/** One kind of deletion that a policy asks for, and the rows that are due for it. */
export interface Stage {
  readonly kind: StageKind;
  readonly policy: RetentionPolicy;
  readonly plan: TablePlan;
  /** Rows from before this moment are due. */
  readonly before: Date;
  readonly where: Readonly<Record<string, unknown>>;
  /** Soft-deleted rows are due too. */
  readonly withDeleted: boolean;
}

/** What a policy asks for at this moment: what was soft-deleted long ago is purged before more is soft-deleted. */
export function stagesOf(policy: RetentionPolicy, { dialect }: Session, now: Date): readonly Stage[] {
  const plan = planTable(policy.table, dialect);
  const { by, olderThan, hard, purgeAfter } = policy;
  const isSoft = plan.deletedAt !== undefined;
  const stages: Stage[] = [];
  if (purgeAfter !== undefined && plan.deletedAt !== undefined)
    stages.push(stage('purge', plan.deletedAt, purgeAfter, true));
  const field = by === undefined ? undefined : plan.fieldOf.get(by);
  if (olderThan !== undefined && field !== undefined)
    stages.push(stage(isSoft && !hard ? 'soft-delete' : 'delete', field, olderThan, hard && isSoft));
  return stages;

  function stage(kind: StageKind, aged: Field, age: Age, withDeleted: boolean): Stage {
    const before = momentBefore(now, age);
    const where = { and: [policy.where, { [aged.key]: { lt: momentValue(before, aged.type) } }] };
    return { kind, policy, plan, before, where, withDeleted };
  }
}
