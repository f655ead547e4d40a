import { stamp as stampRevisions } from '../../migration/run/stamp.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService } from '../for-each-service.ts';
import { openMigration } from '../open-migration.ts';
import { migrationOutcome } from '../render/migration.ts';

export const stamp: AnyCommand = command({
  name: 'stamp',
  summary: 'record revisions as applied without running them',
  details: 'For a database that has what the revisions make already.',
  arguments: [{ name: 'TARGET', summary: 'head (default), base, an id or the start of one, label@head' }],
  options: projectOptions,
  examples: ['rowhouse stamp', 'rowhouse stamp base --service auth'],
  async run(context) {
    return await forEachService(
      context,
      async (service, database, loaded) => {
        const migration = await openMigration(loaded, service, database, context);
        return migrationOutcome('stamped', await stampRevisions(migration, context.arguments[0]));
      },
      { missingFile: 'make' },
    );
  },
});
