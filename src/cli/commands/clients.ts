import { listClients, type Client } from '../../migration/client/list-clients.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService } from '../for-each-service.ts';
import { renderTable } from '../render/table.ts';

export const clients: AnyCommand = command({
  name: 'clients',
  summary: 'list the processes that report themselves to the database',
  details:
    'What a service says when it connects with `report`, and `rowhouse serve` always: its version and the newest revision its code was written for. `rowhouse up` asks the same before a revision of phase contract. Only reads.',
  options: projectOptions,
  examples: ['rowhouse clients', 'rowhouse clients --service auth --json'],
  async run(context) {
    return await forEachService(context, async (service, database) => {
      const found = await database.pinned(async (session) => await listClients(session, service.name));
      const table = renderTable(
        ['instance', 'version', 'revision', 'seen', ''],
        found.map(cells),
        context.output.width,
      );
      return { json: { clients: found }, lines: found.length === 0 ? ['no client reports itself'] : [table] };
    });
  },
});

function cells({ instance, version, revision, silentMs, isLive }: Client): readonly string[] {
  return [instance, version, revision, `${Math.round(silentMs / 1000)} s ago`, isLive ? '' : 'silent'];
}
