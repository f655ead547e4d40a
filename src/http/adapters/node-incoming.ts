import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { HeaderReader, Incoming } from '../request/incoming.ts';
import { readPayload, readStream, refuseLength } from '../request/read-bytes.ts';
import { headerEntries, type NodeHeaders } from './lazy-headers.ts';
import { LazyRequest } from './lazy-request.ts';
import { readTarget, type RequestTarget } from './request-target.ts';

/** What we need of an incoming message: its line, headers and body. */
export interface NodeMessage extends Readable {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: NodeHeaders;
}

/** What we need of the response to it. */
export interface NodeOutgoing {
  readonly destroyed: boolean;
  readonly writableFinished: boolean;
  once(event: 'close', listener: () => void): unknown;
}

/** A request of `node:http`; undefined when its address or host is none. */
export function nodeIncoming(message: NodeMessage, outgoing: NodeOutgoing): Incoming | undefined {
  const { method = 'GET', url = '/', headers } = message;
  if (method === 'TRACE' || method === 'CONNECT') return undefined;
  const target = readTarget(url, typeof headers['host'] === 'string' ? headers['host'] : 'localhost');
  return target === undefined ? undefined : new NodeIncoming(message, outgoing, method, target);
}

class NodeIncoming implements Incoming {
  readonly method: string;
  readonly headers: HeaderReader;
  readonly #message: NodeMessage;
  readonly #outgoing: NodeOutgoing;
  readonly #target: RequestTarget;
  #request: Request | undefined;
  #light: LazyRequest | undefined;
  #signal: AbortSignal | undefined;
  #isRead = false;

  constructor(message: NodeMessage, outgoing: NodeOutgoing, method: string, target: RequestTarget) {
    this.method = method;
    this.headers = new MessageHeaders(message.headers);
    this.#message = message;
    this.#outgoing = outgoing;
    this.#target = target;
  }

  get path(): string {
    return this.#target.path;
  }

  get search(): string {
    return this.#target.search;
  }

  get request(): Request {
    return (this.#request ??= this.#makeRequest());
  }

  get lightRequest(): Request {
    this.#light ??= new LazyRequest(
      { method: this.method, url: this.#target.url, headers: this.#message.headers },
      () => this.request,
    );
    return this.#light as unknown as Request;
  }

  get signal(): AbortSignal {
    return (this.#signal ??= signalOf(this.#outgoing));
  }

  async bytes(limitBytes: number): Promise<Uint8Array> {
    refuseLength(this.headers, limitBytes);
    if (this.#request !== undefined) return await readStream(this.#request.body, limitBytes);
    this.#isRead = true;
    return this.#hasBody() ? await readPayload(this.#message, limitBytes) : new Uint8Array();
  }

  #hasBody(): boolean {
    const { headers } = this.#message;
    const mayHave = this.method !== 'GET' && this.method !== 'HEAD';
    return mayHave && (headers['content-length'] ?? headers['transfer-encoding']) !== undefined;
  }

  #makeRequest(): Request {
    const { url } = this.#target;
    const head = { method: this.method, headers: headerEntries(this.#message.headers), signal: this.signal };
    if (!this.#hasBody()) return new Request(url, head);
    if (!this.#isRead) return new Request(url, { ...head, ...streamed(this.#message) });
    const request = new Request(url, { ...head, body: 'x' });
    void request.text(); // the API has read it: like any body of the web it cannot be read again
    return request;
  }
}

/** Headers of Node behind the method of `Headers` that we use. */
class MessageHeaders implements HeaderReader {
  readonly #headers: NodeHeaders;

  constructor(headers: NodeHeaders) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name];
    if (value === undefined) return null;
    return typeof value === 'string' ? value : value.join(', ');
  }
}

/** Fires when the client goes before its response is out. */
function signalOf(outgoing: NodeOutgoing): AbortSignal {
  const gone = new AbortController();
  const onClose = (): void => {
    if (!outgoing.writableFinished) gone.abort();
  };
  if (outgoing.destroyed) onClose();
  else outgoing.once('close', onClose);
  return gone.signal;
}

function streamed(payload: Readable): { readonly body: ReadableStream<Uint8Array>; readonly duplex: 'half' } {
  const body = Readable.toWeb(payload) as NodeReadableStream as unknown as ReadableStream<Uint8Array>;
  return { body, duplex: 'half' };
}
