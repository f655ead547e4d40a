import { poolFamilies } from '../../telemetry/prometheus/pool-families.ts';
import { StatementTimes } from '../../telemetry/prometheus/statement-times.ts';
import { contentTypes, renderMetrics, type TextFormat } from '../../telemetry/prometheus/text-format.ts';
import type { Route } from '../router/route.ts';

export interface MetricsOptions {
  /** `/metrics` unless said. */
  readonly path?: string | undefined;
}

/**
 * A route that Prometheus reads: times of statements since the route was made, pools and replicas of every database of
 * this process. It names tables, servers and databases and no value of a row; keep it inside your own network.
 *
 * @example
 * ```ts
 * const api = createApi(database, [resource(schema.users, { prefix: '/users' }), metricsRoute()]);
 * ```
 */
export function metricsRoute({ path = '/metrics' }: MetricsOptions = {}): Route & Disposable {
  const times = new StatementTimes();
  return {
    method: 'GET',
    path,
    handle({ request }) {
      const format = formatFor(request.headers.get('accept'));
      const text = renderMetrics([times.family(), ...poolFamilies()], format);
      return Promise.resolve(new Response(text, { headers: { 'content-type': contentTypes[format] } }));
    },
    [Symbol.dispose]: () => times[Symbol.dispose](),
  };
}

function formatFor(accept: string | null): TextFormat {
  return accept?.includes('application/openmetrics-text') === true ? 'openmetrics' : 'prometheus';
}
