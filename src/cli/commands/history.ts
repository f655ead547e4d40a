import { migrationStatus } from '../../migration/run/status.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService } from '../for-each-service.ts';
import { openMigration } from '../open-migration.ts';
import { renderTable } from '../render/table.ts';

export const history: AnyCommand = command({
  name: 'history',
  summary: 'list the revisions and which are applied',
  options: projectOptions,
  examples: ['rowhouse history', 'rowhouse history --service auth'],
  async run(context) {
    return await forEachService(context, async (service, database, loaded) => {
      const migration = await openMigration(loaded, service, database, context);
      const { applied, unknown } = await migrationStatus(migration);
      const at = new Map(applied.map((entry) => [entry.revision, entry.finishedAt]));
      const listed = [
        ...migration.graph.ordered.map(({ id, parents, message }) => ({ id, parents, message })),
        ...unknown.map((id) => ({ id, parents: undefined, message: '(this code does not have it)' })),
      ];
      const rows = listed.map((row) => ({ ...row, appliedAt: at.get(row.id)?.toISOString() ?? null }));
      const table = renderTable(
        ['revision', 'after', 'applied', 'message'],
        rows.map(({ id, parents, message, appliedAt }) => [
          id,
          parents === undefined ? '?' : parents.join(' ') || 'base',
          appliedAt?.slice(0, 19) ?? 'no',
          message,
        ]),
        context.output.width,
      );
      return { json: rows, lines: rows.length === 0 ? ['there are no revisions'] : [table] };
    });
  },
});
