import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { stamp } from '../../migration/run/stamp.ts';
import { migrationStatus } from '../../migration/run/status.ts';
import { pendingFor } from '../../migration/revision/target.ts';
import { compareWithRevisions } from '../../ops/compare/find-drift.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { driftQuestion } from '../drift-question.ts';
import { forEachService } from '../for-each-service.ts';
import { openMigration } from '../open-migration.ts';
import { counted } from '../render/counted.ts';
import { renderDifference } from '../render/difference.ts';
import { migrationOutcome } from '../render/migration.ts';

export const baseline: AnyCommand = command({
  name: 'baseline',
  summary: 'take over a database that has its tables already',
  details:
    'Makes what the revisions make on a scratch database of the same server and compares. Where the database has exactly that, they are recorded as applied, and none is run; otherwise every difference is named and nothing is written. For a database that no revision describes yet, begin with `rowhouse pull`.',
  arguments: [{ name: 'TARGET', summary: 'head (default), an id or the start of one, label@head' }],
  options: {
    ...projectOptions,
    scratch: { kind: 'text', value: 'URL', summary: 'server for the scratch database (default: the database’s own)' },
  },
  examples: ['rowhouse baseline', 'rowhouse baseline 1a2b --service auth'],
  async run(context) {
    return await forEachService(context, async (service, database, loaded) => {
      const [target = 'head'] = context.arguments;
      const migration = await openMigration(loaded, service, database, context);
      const { applied } = await migrationStatus(migration);
      if (applied.length > 0) throw begun(applied.length);
      const question = await driftQuestion(service, database, loaded, context);
      const { differences } = await compareWithRevisions(question, [pendingFor(target, migration.graph, new Set())]);
      if (differences.length === 0) return migrationOutcome('recorded', await stamp(migration, target));
      throw new RowhouseError(
        'DRIFT',
        `the database is not what the revisions make: ${counted(differences.length, 'difference')}`,
        {
          details: { differences },
          hint: differences.flatMap(renderDifference).join('\n      '),
        },
      );
    });
  },
});

function begun(count: number): RowhouseError {
  return new RowhouseError('LEDGER_INVALID', `the ledger has ${count} applied revisions already`, {
    hint: '`rowhouse up` goes on from there; `rowhouse stamp` corrects a ledger that is wrong',
  });
}
