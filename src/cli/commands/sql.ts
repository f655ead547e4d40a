import { userInfo } from 'node:os';
import { ExitCode } from '../../errors/codes.ts';
import { defaultLedgerName } from '../../migration/ledger/ledger-table.ts';
import { beginsAtBase, offlinePlans } from '../../migration/offline/offline-plans.ts';
import { renderOffline } from '../../migration/offline/offline-script.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { command, serviceOptions, type AnyCommand } from '../command.ts';
import { forService } from '../for-each-service.ts';
import { loadProject, onlyService } from '../load-project.ts';
import { version } from '../version.ts';

export const sql: AnyCommand = command({
  name: 'sql',
  summary: 'print the SQL of revisions, without a database',
  details:
    "The script runs unchanged in the engine's own client, ends with the first error, and leaves the same entries in the ledger as `rowhouse up`. A range that ends before it begins is taken back. Nothing is connected to; the engine is that of the service's settings.",
  arguments: [{ name: 'RANGE', summary: 'FROM:TO, each base, head, heads, an id or label@head (default: base:head)' }],
  options: {
    ...serviceOptions,
    variant: {
      kind: 'text',
      value: 'NAME',
      summary: 'the product, where several speak one protocol, e.g. mariadb',
    },
  },
  examples: ['rowhouse sql > migration.sql', 'rowhouse sql 1a2b:head --service auth', 'rowhouse sql head:base'],
  async run({ options, arguments: [range = 'base:head'], output, surroundings }) {
    const loaded = await loadProject(options, surroundings);
    const { project } = loaded;
    const service = onlyService(loaded);
    const { engine, migration } = service.settings();
    return await forService(service, async () => {
      const dialect = await engine.offlineDialect(options.variant);
      const plans = offlinePlans(range, await loadRevisions(service.migrationsDirectory), dialect);
      const ledger = {
        name: migration.ledgerTable ?? project.ledger?.table ?? defaultLedgerName,
        project: project.name,
        service: service.name,
        actor: userInfo().username,
        toolVersion: version,
      };
      const serverVersion = engine.offlineVersions[dialect.name] ?? '';
      const script = renderOffline({ plans, ledger, fromNothing: beginsAtBase(range), serverVersion }, dialect);
      if (options.json) {
        const revisions = plans.map(({ revision, direction, statements }) => ({
          revision: revision.id,
          direction,
          statements: statements.map((statement) => statement.sql),
        }));
        output.data(JSON.stringify({ ok: true, revisions, script }, undefined, 2));
      } else output.data(script.trimEnd());
      return ExitCode.ok;
    });
  },
});
