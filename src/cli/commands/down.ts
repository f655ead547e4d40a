import type { MigrationContext, MigrationReport } from '../../migration/run/migration-context.ts';
import { previewDowngrade } from '../../migration/run/preview.ts';
import { downgrade } from '../../migration/run/upgrade.ts';
import { forgetSeeds } from '../../seed/record/forget-seeds.ts';
import { migrationStatus } from '../../migration/run/status.ts';
import { refuseRowLosses } from '../../migration/run/row-losses.ts';
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
    'Takes back the newest revisions: one, unless a target says otherwise. Dropping a table or column drops its rows; in production that is refused without --drop. What was parked comes back. The seeds of a table that goes are applied again by the next `rowhouse seed`.',
  arguments: [{ name: 'TARGET', summary: '-1 (default), -3, base, or the revision to go back to' }],
  options: {
    ...projectOptions,
    ...runOptions,
    drop: { kind: 'flag', summary: 'in production: drop tables and columns that have rows, too' },
  },
  whenStopped: '`rowhouse current` tells how far it came',
  examples: ['rowhouse down', 'rowhouse down base --service auth'],
  async run(context) {
    const { options } = context;
    const [target] = context.arguments;
    return await forEachService(context, async (service, database, loaded) => {
      const migration = withLimits(await openMigration(loaded, service, database, context), options);
      const preview = { asksServer: asksServer(options) };
      if (options.dryRun) return previewOutcome(await previewDowngrade(migration, target, preview));
      if (service.settings().environment === 'production' && !options.drop) await refuseRowLosses(migration, target);
      const report = await downgrade(migration, target);
      await forgetSeeds(database, { service: service.name, tables: await tablesGone(migration, report) });
      return migrationOutcome('taken back', report);
    });
  },
});

/** The tables that went with the revisions; at base, all. */
async function tablesGone(
  migration: MigrationContext,
  { revisions }: MigrationReport,
): Promise<'all' | readonly string[]> {
  const { current } = await migrationStatus(migration);
  if (current.length === 0) return 'all';
  return revisions.flatMap(({ up }) =>
    up.flatMap((change) => (change.kind === 'create-table' ? change.table.name : [])),
  );
}
