import type { Environment } from '../../config/environment.ts';
import { integer } from '../../config/value-kind.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createApi } from '../../http/create-api.ts';
import { resourcesOf } from '../../http/resource/resources-of.ts';
import type { Resource } from '../../http/resource/resource.ts';
import { serve as serveApi } from '../../http/serve.ts';
import type { MigrationContext } from '../../migration/run/migration-context.ts';
import { migrationStatus } from '../../migration/run/status.ts';
import { databaseCheck } from '../../ops/health/database-check.ts';
import { createHealthRegistry } from '../../ops/health/health-registry.ts';
import { tenancyCheck } from '../../tenancy/fence/tenancy-check.ts';
import { command, serviceOptions, type AnyCommand } from '../command.ts';
import { clientReport } from '../client-report.ts';
import { forService, patience } from '../for-each-service.ts';
import { loadProject, onlyService } from '../load-project.ts';
import { openMigration } from '../open-migration.ts';
import type { Output } from '../output.ts';
import { counted } from '../render/counted.ts';
import { serveMetrics } from '../serve-metrics.ts';

const portNumber = integer(0, 65_535);

const options = {
  ...serviceOptions,
  port: {
    kind: 'number',
    value: 'PORT',
    summary: 'port to listen on; 0 takes a free one (default: PORT or 3000)',
    of: portNumber,
  },
  metricsPort: {
    kind: 'number',
    value: 'PORT',
    summary: 'port of its own for /metrics, as Prometheus reads it (default: METRICS_PORT, else there is none)',
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
    const { port, metricsPort, host, json, ...chosen } = context.options;
    const listenPort = port ?? portIn('PORT', surroundings.environment);
    const listenForMetrics = metricsPort ?? portIn('METRICS_PORT', surroundings.environment);
    const loaded = await loadProject(chosen, surroundings);
    const service = onlyService(loaded);
    const report = await clientReport(service, loaded);
    await using database = await forService(
      service,
      async () => await service.open({ ...patience(service, context), report, checkFences: true, missingFile: 'make' }),
    );
    await sayPending(await openMigration(loaded, service, database, context), output);
    const { resources, left } = resourcesOf(service.service.schema);
    for (const { table, reason } of left) output.say(`not served: ${table}, ${reason}`);
    const health = createHealthRegistry();
    health.add('database', databaseCheck(database));
    if (service.service.tenancy?.by === 'row') health.add('tenants', tenancyCheck(database, service.service.schema));
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
    await using metrics =
      listenForMetrics === undefined ? undefined : await serveMetrics(database, { port: listenForMetrics, host });
    if (json) output.data(JSON.stringify({ ok: true, url: server.url, metrics: metrics?.url, paths: api.paths }));
    else {
      output.data(`serving ${service.name} at ${server.url} (browse ${server.url}/docs)`);
      if (metrics !== undefined) output.data(`metrics at ${metrics.url}`);
    }
    await untilAborted(surroundings.signal);
    output.say('closing');
    return ExitCode.ok;
  },
});

/** A service that runs in front of its migration answers with errors of missing tables: so it is said once, up front. */
async function sayPending(migration: MigrationContext, output: Output): Promise<void> {
  try {
    const { pending } = await migrationStatus(migration);
    if (pending.length === 0) return;
    output.say(`the database lacks ${counted(pending.length, 'revision')}: \`rowhouse up\` applies what is pending`);
  } catch (error) {
    // The account of a service need not be allowed to read the ledger.
    if (!RowhouseError.has(error, 'PERMISSION_DENIED')) throw error;
  }
}

function portIn(variable: string, environment: Environment): number | undefined {
  const text = environment[variable];
  if (text === undefined || text === '') return undefined;
  const port = portNumber.parse(text);
  if (port !== undefined) return port;
  throw new RowhouseError('CONFIG_INVALID', `${variable} is not ${portNumber.words}`, { details: { variable } });
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
