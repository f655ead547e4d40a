import { runRetention, type RetentionOutcome } from '../../lifecycle/retention/run-retention.ts';
import type { StageKind } from '../../lifecycle/retention/stages.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService, type ServiceOutcome } from '../for-each-service.ts';
import { counted } from '../render/counted.ts';
import { progressBar } from '../render/progress.ts';

const participles: Readonly<Record<StageKind, string>> = {
  'soft-delete': 'soft-deleted',
  delete: 'deleted',
  purge: 'purged',
};

export const retention: AnyCommand = command({
  name: 'retention',
  summary: 'delete the rows that are older than the project allows',
  details:
    'Follows the retention policies of each service, in their order, in batches of a transaction each. Rows of all tenants count.',
  options: {
    ...projectOptions,
    dryRun: { kind: 'flag', summary: 'count what is due, and delete nothing' },
  },
  examples: ['rowhouse retention --dry-run', 'rowhouse retention --service shop --json'],
  whenStopped: 'The batches that were committed stay deleted. Run it again to go on.',
  async run(context) {
    const { options, output, surroundings } = context;
    const now = new Date();
    const show = progressBar(output);
    return await forEachService(context, async ({ service }, database) => {
      const policies = service.retention ?? [];
      const outcomes = await runRetention(database, policies, {
        now,
        dryRun: options.dryRun,
        signal: surroundings.signal,
        onProgress: ({ table, kind, done, due }) => show(`${kind} ${table}`, done, due),
      });
      return report(outcomes, options.dryRun);
    });
  },
});

function report(outcomes: readonly RetentionOutcome[], dryRun: boolean): ServiceOutcome {
  const lines = outcomes.map(({ table, kind, before, rows }) => {
    const done = dryRun ? `would be ${participles[kind]}` : participles[kind];
    return `${table}: ${counted(rows, 'row')} from before ${before.toISOString()} ${done}`;
  });
  return {
    json: { dryRun, policies: outcomes.map((outcome) => ({ ...outcome, before: outcome.before.toISOString() })) },
    lines: lines.length === 0 ? ['no retention policies'] : lines,
  };
}
