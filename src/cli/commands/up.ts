import { previewUpgrade } from '../../migration/run/preview.ts';
import { upgrade } from '../../migration/run/upgrade.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService } from '../for-each-service.ts';
import { openMigration } from '../open-migration.ts';
import { migrationOutcome } from '../render/migration.ts';
import { previewOutcome } from '../render/preview.ts';
import { asksServer, runOptions, withLimits } from '../run-options.ts';

export const up: AnyCommand = command({
  name: 'up',
  summary: 'apply pending revisions',
  details:
    'Applies, in order, the revisions that the database does not have. A run that was cut short is finished first. Only one run works on a database at a time; others wait. A revision of phase contract is refused while a process reports itself whose code was written before the revision that it completes.',
  arguments: [{ name: 'TARGET', summary: 'head (default), heads, +2, a revision id or the start of one, label@head' }],
  options: {
    ...projectOptions,
    ...runOptions,
    phase: {
      kind: 'text',
      value: 'PHASE',
      summary:
        'expand: stop before what old code cannot run with; contract: everything, and what was parked before goes',
    },
  },
  whenStopped: '`rowhouse current` tells how far it came, and `rowhouse up` goes on from there',
  examples: ['rowhouse up', 'rowhouse up +1 --service auth', 'rowhouse up --dry-run', 'rowhouse up --phase expand'],
  async run(context) {
    const { options } = context;
    const [target] = context.arguments;
    const phase = phaseOf(options.phase);
    return await forEachService(
      context,
      async (service, database, loaded) => {
        const opened = withLimits(await openMigration(loaded, service, database, context), options);
        const migration = { ...opened, phase };
        const preview = { asksServer: asksServer(options) };
        if (options.dryRun) return previewOutcome(await previewUpgrade(migration, target, preview));
        return migrationOutcome('applied', await upgrade(migration, target));
      },
      { missingFile: options.dryRun ? 'stand-in' : 'make' },
    );
  },
});

function phaseOf(text: string | undefined): 'expand' | 'contract' | undefined {
  if (text === undefined || text === 'expand' || text === 'contract') return text;
  throw new RowhouseError('USAGE', `--phase is expand or contract, not ${text}`);
}
