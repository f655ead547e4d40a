import { integer } from '../../config/value-kind.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createApi } from '../../http/create-api.ts';
import { resourcesOf } from '../../http/resource/resources-of.ts';
import type { Resource } from '../../http/resource/resource.ts';
import { serve as serveApi } from '../../http/serve.ts';
import { databaseCheck } from '../../ops/health/database-check.ts';
import { createHealthRegistry } from '../../ops/health/health-registry.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { clientReport } from '../client-report.ts';
import { forService, patience } from '../for-each-service.ts';
import { loadProject, onlyService } from '../load-project.ts';

const portNumber = integer(0, 65_535);

const options = {
  ...projectOptions,
  port: {
    kind: 'number',
    value: 'PORT',
    summary: 'port to listen on; 0 takes a free one (default: PORT or 3000)',
    of: portNumber,
  },
  host: { kind: 'text', value: 'ADDRESS', summary: 'address to listen on (default: 127.0.0.1, this machine only)' },
} as const;

export const serve: AnyCommand = command({
  name: 'serve',
  summary: 'serve a service as a REST API',
  details:
    'Every table with a primary key becomes a resource, unless the project file lists resources of its own. /docs is a page to browse, /openapi.json its description, /readyz tells whether the database answers. Ends on SIGINT or SIGTERM after the requests under way.',
  options,
  examples: ['rowhouse serve --service auth --port 3001'],
  async run(context) {
    const { output, surroundings } = context;
    const { port, host, json, ...chosen } = context.options;
    const listenPort = port ?? portOf(surroundings.environment['PORT']);
    const loaded = await loadProject(chosen, surroundings);
    const service = onlyService(loaded);
    const report = await clientReport(service, loaded);
    await using database = await forService(
      service,
      async () => await service.open({ ...patience(service, context), report }),
    );
    const { resources, left } = resourcesOf(service.service.schema);
    for (const { table, reason } of left) output.say(`not served: ${table}, ${reason}`);
    const health = createHealthRegistry();
    health.add('database', databaseCheck(database));
    const api = createApi(database, (service.service.resources as readonly Resource[] | undefined) ?? resources, {
      title: loaded.project.name === service.name ? service.name : `${loaded.project.name} ${service.name}`,
      health: { source: health },
      timeoutMs: service.settings().statementTimeoutMs,
      cursorSecret: surroundings.environment['ROWHOUSE_CURSOR_SECRET'],
      onError: (error, { method, path, requestId }) => {
        output.say(
          `${method} ${path} failed (${requestId}): ${error instanceof Error ? error.message : String(error)}`,
        );
      },
    });
    await using server = await serveApi(api, { port: listenPort, host });
    if (json) output.data(JSON.stringify({ ok: true, url: server.url, paths: api.paths }));
    else output.data(`serving ${service.name} at ${server.url} (browse ${server.url}/docs)`);
    await untilAborted(surroundings.signal);
    output.say('closing');
    return ExitCode.ok;
  },
});

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = portNumber.parse(text);
  if (port !== undefined) return port;
  throw new RowhouseError('CONFIG_INVALID', `PORT is not ${portNumber.words}`, { details: { variable: 'PORT' } });
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
