import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Api } from '../create-api.ts';

/** The API as a listener of `node:http`. A client that goes away cancels what its request is doing. */
export function nodeListener(api: Api): RequestListener {
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) gone.abort();
    });
    answer(api, incoming, outgoing, gone.signal).catch((error: unknown) =>
      outgoing.destroy(error instanceof Error ? error : undefined),
    );
  };
}

async function answer(
  api: Api,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const request = toRequest(incoming, incoming, signal);
  if (request === undefined) {
    outgoing.writeHead(400, { connection: 'close' }).end();
    return;
  }
  const response = await api.handle(request);
  const body = response.body === null ? undefined : Buffer.from(await response.arrayBuffer());
  // What is left of a refused body would be read as the next request.
  const unread = incoming.complete ? {} : { connection: 'close' };
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...unread });
  outgoing.end(body);
}

/** What we need of an incoming request: its line and headers. */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The request as the web has it; undefined when its address or host is none. */
export function toRequest(head: RequestHead, payload: Readable, signal: AbortSignal): Request | undefined {
  const { method = 'GET', url = '/', headers } = head;
  const host = typeof headers['host'] === 'string' ? headers['host'] : 'localhost';
  const address = URL.parse(url.startsWith('/') ? `http://${host}${url}` : url);
  if (address === null || method === 'TRACE' || method === 'CONNECT') return undefined;
  const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || name.startsWith(':')) return [];
    return typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]);
  });
  const hasBody =
    method !== 'GET' && method !== 'HEAD' && (headers['content-length'] ?? headers['transfer-encoding']) !== undefined;
  return new Request(address, { method, headers: pairs, signal, ...(hasBody ? streamed(payload) : {}) });
}

function streamed(payload: Readable): { readonly body: ReadableStream<Uint8Array>; readonly duplex: 'half' } {
  const body = Readable.toWeb(payload) as NodeReadableStream as unknown as ReadableStream<Uint8Array>;
  return { body, duplex: 'half' };
}
