/** Where health comes from: a registry of checks. */
export interface HealthSource {
  run(): Promise<HealthReport>;
}

export interface HealthReport {
  readonly status: 'healthy' | 'degraded' | 'unhealthy';
  readonly checks: readonly HealthCheck[];
}

export interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly tookMs: number;
}
