import type { Incoming } from './incoming.ts';
import { readStream, refuseLength } from './read-bytes.ts';

/** A request of the web: from Hono, Bun, Deno and the like, or made by a test. */
export function webIncoming(request: Request): Incoming {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    search,
    headers: request.headers,
    request,
    lightRequest: request,
    get signal() {
      return request.signal;
    },
    async bytes(limitBytes) {
      refuseLength(request.headers, limitBytes);
      return await readStream(request.body, limitBytes);
    },
  };
}
