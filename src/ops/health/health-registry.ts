import { setTimeout as delay } from 'node:timers/promises';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { statusOfChecks, type CheckResult, type HealthReport } from './health-report.ts';

/** Looks at one thing the service needs; throwing means it is not well. The signal fires when its time is up. */
export type HealthCheck = (signal: AbortSignal) => Promise<void>;

export interface CheckOptions {
  /** Without it the service cannot work at all. Default: true. */
  readonly critical?: boolean | undefined;
  /** A check that takes longer has failed. Default: 5 s. */
  readonly timeoutMs?: number | undefined;
}

export interface WaitUntilHealthyOptions {
  /** Default: 60 s. */
  readonly timeoutMs?: number | undefined;
  /** Default: 2 s. */
  readonly intervalMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The checks of a service. */
export interface HealthRegistry {
  add(name: string, check: HealthCheck, options?: CheckOptions): void;
  /** Runs all checks at the same time. Never throws. */
  run(): Promise<HealthReport>;
  /** Waits until no critical check fails; throws `UNHEALTHY`, with the last report, when the time is up. */
  waitUntilHealthy(options?: WaitUntilHealthyOptions): Promise<HealthReport>;
}

/**
 * @example
 * ```ts
 * const health = createHealthRegistry();
 * health.add('database', databaseCheck(database));
 * health.add('cache', redisCheck(process.env.REDIS_URL), { critical: false });
 * await health.waitUntilHealthy();
 * ```
 */
export function createHealthRegistry(): HealthRegistry {
  const checks = new Map<string, RegisteredCheck>();
  const run = async (): Promise<HealthReport> => {
    const results = await Promise.all([...checks.values()].map(runCheck));
    return { status: statusOfChecks(results), checks: results };
  };
  return {
    add(name, check, { critical = true, timeoutMs = 5000 } = {}) {
      if (checks.has(name)) throw new RowhouseError('USAGE', `there is a health check named ${name} already`);
      checks.set(name, { name, check, critical, timeoutMs });
    },
    run,
    waitUntilHealthy: async (options) => await waitUntilHealthy(run, options),
  };
}

interface RegisteredCheck {
  readonly name: string;
  readonly check: HealthCheck;
  readonly critical: boolean;
  readonly timeoutMs: number;
}

async function runCheck({ name, check, critical, timeoutMs }: RegisteredCheck): Promise<CheckResult> {
  const startedAt = performance.now();
  const done = (failure: object): CheckResult => {
    const tookMs = Math.round(performance.now() - startedAt);
    return { name, critical, ok: Object.keys(failure).length === 0, tookMs, ...failure };
  };
  const stop = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    stop.abort();
    reject(new RowhouseError('UNHEALTHY', `no answer in ${timeoutMs} ms`));
  }, timeoutMs);
  try {
    await Promise.race([check(stop.signal), late]);
    return done({});
  } catch (error) {
    return done(describe(error));
  } finally {
    clearTimeout(timer);
  }
}

function describe(error: unknown): { readonly error: string; readonly code?: string } {
  if (error instanceof RowhouseError) return { error: error.message, code: error.code };
  return { error: error instanceof Error ? error.message : 'the check failed' };
}

async function waitUntilHealthy(
  run: () => Promise<HealthReport>,
  options: WaitUntilHealthyOptions = {},
): Promise<HealthReport> {
  const { timeoutMs = 60_000, intervalMs = 2000, signal } = options;
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const report = await run();
    if (report.status !== 'unhealthy') return report;
    const leftMs = giveUpAt - performance.now();
    if (leftMs <= 0) throw stillUnhealthy(report, timeoutMs);
    await pause(Math.min(intervalMs, leftMs), signal);
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (cause) {
    throw new RowhouseError('CANCELLED', 'stopped waiting to become healthy', { cause });
  }
}

function stillUnhealthy(report: HealthReport, timeoutMs: number): RowhouseError {
  const failed = report.checks.filter((check) => check.critical && !check.ok).map((check) => check.name);
  return new RowhouseError('UNHEALTHY', `not healthy after ${timeoutMs / 1000} s: ${failed.join(', ')}`, {
    details: { report },
  });
}
