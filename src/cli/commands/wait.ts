import { seconds } from '../../config/value-kind.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { waitForDatabase, type WaitResult } from '../../ops/wait/wait-for-database.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { loadProject, type LoadedService } from '../load-project.ts';
import { canBeMade } from '../refuse-missing-file.ts';
import { counted } from '../render/counted.ts';
import { errorJson } from '../render/error.ts';
import { wrap } from '../render/help.ts';

const options = {
  ...projectOptions,
  timeout: {
    kind: 'number',
    value: 'SECONDS',
    summary: 'give up after so long (default: attempts × delay, from DB_MAX_RETRIES and DB_RETRY_DELAY)',
    of: seconds(0, 86_400),
  },
  interval: {
    kind: 'number',
    value: 'SECONDS',
    summary: 'pause between two attempts (default: DB_RETRY_DELAY, 5)',
    of: seconds(0, 3600),
  },
  quiet: { kind: 'flag', summary: 'say nothing, only give the exit code', short: 'q' },
} as const;

export const wait: AnyCommand = command({
  name: 'wait',
  summary: 'wait until the databases answer',
  details:
    'For start-up scripts. Exit code 0 when every database answers, 1 when one never did. A wrong password is not waited for. A database in a file is ready when its folder is there.',
  options,
  examples: ['rowhouse wait --timeout 60 --interval 2', 'rowhouse wait --service auth --quiet && node server.js'],
  async run({ options: { timeout: timeoutMs, interval: intervalMs, quiet, json, ...chosen }, output, surroundings }) {
    const { services } = await loadProject(chosen, surroundings);
    const say = quiet ? (): void => undefined : (line: string): void => output.say(line);
    const found: Record<string, WaitedFor> = {};
    for (const service of services) {
      const result = await waitFor(service, { timeoutMs, intervalMs, say, signal: surroundings.signal });
      surroundings.signal.throwIfAborted();
      found[service.name] = toJson(result);
      if (!quiet && !json) output.data(toLine(service.name, result));
      if (result.error instanceof RowhouseError && result.error.hint !== undefined)
        say(wrap(`hint: ${result.error.hint}`, 2));
    }
    const ok = Object.values(found).every((each) => each.ok);
    if (json) output.data(JSON.stringify({ ok, services: found }, undefined, 2));
    return ok ? ExitCode.ok : ExitCode.failed;
  },
});

interface Patience {
  readonly timeoutMs: number | undefined;
  readonly intervalMs: number | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

async function waitFor(service: LoadedService, { timeoutMs, intervalMs, say, signal }: Patience): Promise<WaitResult> {
  const settings = service.settings();
  // Nothing has to come up for a database in a file: `up` makes it.
  if (canBeMade(settings)) return { ok: true, attempts: 1 };
  const { attempts, delayMs: usualDelayMs } = settings.connectRetries;
  const delayMs = intervalMs ?? usualDelayMs;
  return await waitForDatabase(async () => await service.open({ attempts: 1 }), {
    attempts: timeoutMs === undefined ? attempts : Math.max(1, Math.ceil(timeoutMs / Math.max(delayMs, 1))),
    delayMs,
    signal,
    onAttempt: ({ attempt, attempts: of, error }) =>
      say(`${service.name}: attempt ${attempt} of ${of}: ${messageOf(error)}`),
  });
}

function toLine(name: string, { ok, attempts }: WaitResult): string {
  return `${name}: ${ok ? 'ready' : 'NOT READY'} after ${counted(attempts, 'attempt')}`;
}

function toJson({ ok, attempts, error }: WaitResult): WaitedFor {
  return { ok, attempts, ...(ok ? {} : { error: errorJson(error) }) };
}

interface WaitedFor {
  readonly ok: boolean;
  readonly attempts: number;
  readonly error?: unknown;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
