import { previewDowngrade } from '../../migration/run/preview.ts';
import { downgrade } from '../../migration/run/upgrade.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService } from '../for-each-service.ts';
import { openMigration } from '../open-migration.ts';
import { migrationOutcome } from '../render/migration.ts';
import { previewOutcome } from '../render/preview.ts';
import { asksServer, runOptions, withLimits } from '../run-options.ts';

export const down: AnyCommand = command({
  name: 'down',
  summary: 'take revisions back',
  details:
    'Takes back the newest revisions: one, unless a target says otherwise. Dropping a table or column drops its rows.',
  arguments: [{ name: 'TARGET', summary: '-1 (default), -3, base, or the revision to go back to' }],
  options: { ...projectOptions, ...runOptions },
  whenStopped: '`rowhouse current` tells how far it came',
  examples: ['rowhouse down', 'rowhouse down base --service auth'],
  async run(context) {
    const { options } = context;
    const [target] = context.arguments;
    return await forEachService(context, async (service, database, loaded) => {
      const migration = withLimits(await openMigration(loaded, service, database, context), options);
      const preview = { asksServer: asksServer(options) };
      if (options.dryRun) return previewOutcome(await previewDowngrade(migration, target, preview));
      return migrationOutcome('taken back', await downgrade(migration, target));
    });
  },
});
