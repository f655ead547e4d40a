import { ExitCode } from '../../errors/codes.ts';
import { databaseCheck } from '../../ops/health/database-check.ts';
import { createHealthRegistry } from '../../ops/health/health-registry.ts';
import { redisCheck } from '../../ops/health/redis-check.ts';
import { tenancyCheck } from '../../tenancy/fence/tenancy-check.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { loadProject, type LoadedService } from '../load-project.ts';

export const health: AnyCommand = command({
  name: 'health',
  summary: 'say whether each database answers',
  details:
    'Prints `name: OK` or `name: FAILED` for each service, and for the cache when REDIS_URL is set. Exit code 5 when a database does not answer.',
  options: projectOptions,
  examples: ['rowhouse health', 'rowhouse health --env production --json'],
  async run({ options, output, surroundings }) {
    const { services } = await loadProject(options, surroundings);
    const registry = createHealthRegistry();
    for (const service of services) registry.add(service.name, async (signal) => await check(service, signal));
    addCache(services, registry);
    const report = await registry.run();
    if (options.json) output.data(JSON.stringify({ ok: report.status === 'healthy', ...report }, undefined, 2));
    else {
      for (const { name, ok, error } of report.checks) {
        output.data(`${name}: ${ok ? 'OK' : 'FAILED'}`);
        if (!ok && error !== undefined) output.say(`  ${error}`);
      }
    }
    return report.status === 'unhealthy' ? ExitCode.unavailable : ExitCode.ok;
  },
});

async function check(service: LoadedService, signal: AbortSignal): Promise<void> {
  await using database = await service.open({ attempts: 1 });
  await databaseCheck(database)(signal);
  if (service.service.tenancy?.by === 'row') await tenancyCheck(database, service.service.schema)();
}

/** One cache serves all services; without it they are slower, not broken. */
function addCache(services: readonly LoadedService[], registry: ReturnType<typeof createHealthRegistry>): void {
  const url = services.map((service) => service.settings().redisUrl).find((secret) => secret !== undefined);
  if (url !== undefined) registry.add('redis', redisCheck(url.open()), { critical: false });
}
