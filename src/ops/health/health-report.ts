/** `degraded`: only checks that are not critical fail. */
export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy';

/** How one check went. */
export interface CheckResult {
  readonly name: string;
  readonly critical: boolean;
  readonly ok: boolean;
  readonly tookMs: number;
  /** Why it failed, for people. */
  readonly error?: string;
  /** The error's code, where it has one. */
  readonly code?: string;
}

/** How a service is, check by check, in the order in which they were added. */
export interface HealthReport {
  readonly status: HealthStatus;
  readonly checks: readonly CheckResult[];
}

export function statusOfChecks(checks: readonly CheckResult[]): HealthStatus {
  const failed = checks.filter((check) => !check.ok);
  if (failed.some((check) => check.critical)) return 'unhealthy';
  return failed.length > 0 ? 'degraded' : 'healthy';
}
