import type { Session } from '../database/session.ts';
import { createApi } from '../http/create-api.ts';
import { metricsRoute } from '../http/metrics/metrics-route.ts';
import { serve, type ServeOptions } from '../http/serve.ts';

/** Metrics that are served until they are disposed of. */
export interface ServedMetrics extends AsyncDisposable {
  readonly url: string;
}

/** Serves `/metrics` and nothing else, away from the API: it names tables and servers, which clients need not know. */
export async function serveMetrics(database: Session, where: ServeOptions): Promise<ServedMetrics> {
  await using started = new AsyncDisposableStack();
  const route = started.use(metricsRoute());
  const server = started.use(await serve(createApi(database, [route], { docs: false, health: false }), where));
  const running = started.move();
  return { url: server.url + route.path, [Symbol.asyncDispose]: async () => await running.disposeAsync() };
}
