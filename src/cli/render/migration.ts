import type { MigrationReport } from '../../migration/run/migration-context.ts';
import type { ServiceOutcome } from '../for-each-service.ts';

/** What a run of migrations did, for people and for `--json`. */
export function migrationOutcome(verb: string, { revisions, resumed }: MigrationReport): ServiceOutcome {
  const lines = revisions.map(({ id, message }) => `${verb} ${id}  ${message}`);
  const nothing = resumed ? [] : ['nothing to do'];
  return {
    json: { [verb.replace(' ', '_')]: revisions.map(({ id }) => id), resumed },
    lines: [...(resumed ? ['finished a run that had been cut short'] : []), ...(lines.length > 0 ? lines : nothing)],
  };
}
