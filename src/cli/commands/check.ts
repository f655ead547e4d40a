import { ExitCode } from '../../errors/codes.ts';
import { migrationStatus, type MigrationStatus } from '../../migration/run/status.ts';
import { findDrift } from '../../ops/compare/find-drift.ts';
import type { Difference } from '../../ops/compare/structure-differences.ts';
import { brokenRules } from '../../ops/health/broken-rules.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { driftQuestion } from '../drift-question.ts';
import { forEachService } from '../for-each-service.ts';
import { openMigration } from '../open-migration.ts';
import { renderDifference } from '../render/difference.ts';
import { schemaDifference } from '../schema-difference.ts';

export const check: AnyCommand = command({
  name: 'check',
  summary: 'check that schema, revisions and database agree',
  details:
    'Compares the schema with the revisions, the revisions with the ledger, and what the applied revisions make on a scratch database with what the database has; a node of a cluster is asked whether it is set as the cluster needs. Only reads. Exit code 3 when something differs.',
  options: {
    ...projectOptions,
    scratch: { kind: 'text', value: 'URL', summary: 'server for the scratch database (default: the database’s own)' },
  },
  examples: ['rowhouse check', 'rowhouse check --service auth --json'],
  async run(context) {
    return await forEachService(context, async (service, database, loaded) => {
      const migration = await openMigration(loaded, service, database, context);
      const schema = await schemaDifference(service, loaded);
      const ledger = ledgerFindings(await migrationStatus(migration));
      const drift =
        ledger.length > 0 ? [] : (await findDrift(await driftQuestion(service, database, loaded, context))).differences;
      const server = await brokenRules(database, database.dialect.serverRules ?? []);
      const lines = [
        ...server.map((sentence) => `the server: ${sentence}`),
        ...schema.map((change) => `the revisions lack: ${change}`),
        ...ledger,
        ...drift.flatMap(renderDrift),
      ];
      return {
        json: { server, schema, ledger, drift },
        lines: lines.length === 0 ? ['schema, revisions and database agree'] : lines,
        exitCode: lines.length === 0 ? ExitCode.ok : ExitCode.difference,
      };
    });
  },
});

function ledgerFindings({ pending, unknown, edited, unfinished }: MigrationStatus): readonly string[] {
  return [
    ...(pending.length === 0 ? [] : [`the database lacks revisions: ${pending.map(({ id }) => id).join(', ')}`]),
    ...unknown.map((id) => `the database has revision ${id}, which this code does not`),
    ...edited.map((id) => `revision ${id} was changed after it was applied`),
    ...(unfinished === undefined ? [] : [`revision ${unfinished.revision} was cut short`]),
  ];
}

/** The object in a sentence; what it differs in stays below it. */
function renderDrift(difference: Difference): readonly string[] {
  const [object = '', ...attributes] = renderDifference(difference);
  return [`the database ${object}`, ...attributes];
}
