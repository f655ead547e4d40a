/** Where health comes from: a registry of checks. */
export interface HealthSource {
  run(): Promise<HealthReport>;
}

/** How a service is, check by check. */
export interface HealthReport {
  readonly status: 'healthy' | 'degraded' | 'unhealthy';
  readonly checks: readonly HealthCheck[];
}

/** How one check went. */
export interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly tookMs: number;
}
