import type { HealthSource } from './health/health-source.ts';

/** A source of health that says no once the API drains: then no new requests are sent here. */
export function drainingSource(source: HealthSource, isDraining: () => boolean): HealthSource {
  return {
    async run() {
      if (!isDraining()) return await source.run();
      return { status: 'unhealthy', checks: [{ name: 'draining', ok: false, tookMs: 0 }] };
    },
  };
}
