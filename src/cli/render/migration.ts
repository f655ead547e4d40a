import { parkedKey } from '../../migration/parking/parked-objects.ts';
import type { MigrationReport } from '../../migration/run/migration-context.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import type { ServiceOutcome } from '../for-each-service.ts';

/** What a run of migrations did, for people and for `--json`. */
export function migrationOutcome(
  verb: string,
  { revisions, unstamped = [], resumed, waiting = [], purged = [] }: MigrationReport,
): ServiceOutcome {
  const lines = [
    ...unstamped.map(({ id, message }) => `no longer recorded as applied: ${id}  ${message}`),
    ...revisions.map(({ id, message }) => `${verb} ${id}  ${message}`),
  ];
  const nothing = resumed ? [] : ['nothing to do'];
  return {
    json: {
      [verb.replace(' ', '_')]: revisions.map(({ id }) => id),
      ...(unstamped.length === 0 ? {} : { unstamped: unstamped.map(({ id }) => id) }),
      resumed,
      ...(waiting.length === 0 ? {} : { waiting: waiting.map(({ id }) => id) }),
      ...(purged.length === 0 ? {} : { purged: purged.map(parkedKey) }),
    },
    lines: [
      ...(resumed ? ['finished a run that had been cut short'] : []),
      ...(lines.length > 0 ? lines : nothing),
      ...(waiting.length === 0 ? [] : [renderWaiting(waiting)]),
      ...purged.map((object) => `purged ${parkedKey(object)}`),
    ],
  };
}

/** How many revisions wait until old code has ended, and what makes them. */
export function renderWaiting(waiting: readonly LoadedRevision[]): string {
  const many = waiting.length === 1 ? '1 revision waits' : `${waiting.length} revisions wait`;
  return `${many} for phase contract: \`rowhouse up --phase contract\` once no old code runs`;
}
