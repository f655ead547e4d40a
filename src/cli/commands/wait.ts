import { ExitCode } from '../../errors/codes.ts';
import { waitForDatabase } from '../../ops/wait/wait-for-database.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { loadProject } from '../load-project.ts';

const options = {
  ...projectOptions,
  timeout: {
    kind: 'number',
    value: 'SECONDS',
    summary: 'give up after so long (default: attempts × delay, from DB_MAX_RETRIES and DB_RETRY_DELAY)',
  },
  interval: { kind: 'number', value: 'SECONDS', summary: 'pause between two attempts (default: DB_RETRY_DELAY, 5)' },
  quiet: { kind: 'flag', summary: 'say nothing, only give the exit code', short: 'q' },
} as const;

export const wait: AnyCommand = command({
  name: 'wait',
  summary: 'wait until the databases answer',
  details:
    'For start-up scripts. Exit code 0 when every database answers, 1 when one never did. A wrong password or database is not waited for.',
  options,
  examples: ['rowhouse wait --timeout 60 --interval 2', 'rowhouse wait --service auth --quiet && node server.js'],
  async run({ options: { timeout, interval, quiet, json, ...chosen }, output, surroundings }) {
    const { services } = await loadProject(chosen, surroundings);
    const found: Record<string, unknown> = {};
    let allOk = true;
    for (const service of services) {
      const { attempts, delayMs: defaultDelayMs } = service.settings().connectRetries;
      const delayMs = interval === undefined ? defaultDelayMs : interval * 1000;
      const result = await waitForDatabase(async () => await service.open({ attempts: 1 }), {
        attempts: timeout === undefined ? attempts : Math.max(1, Math.ceil((timeout * 1000) / Math.max(delayMs, 1))),
        delayMs,
        signal: surroundings.signal,
        onAttempt: ({ attempt, attempts: of, error }) => {
          if (!quiet)
            output.say(
              `${service.name}: attempt ${attempt} of ${of}: ${error instanceof Error ? error.message : String(error)}`,
            );
        },
      });
      allOk &&= result.ok;
      found[service.name] = { ok: result.ok, attempts: result.attempts };
      if (!quiet && !json)
        output.data(
          `${service.name}: ${result.ok ? 'ready' : 'NOT READY'} after ${result.attempts} ${result.attempts === 1 ? 'attempt' : 'attempts'}`,
        );
    }
    if (json) output.data(JSON.stringify({ ok: allOk, services: found }, undefined, 2));
    return allOk ? ExitCode.ok : ExitCode.failed;
  },
});
