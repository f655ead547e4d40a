import { LazyHeaders, type NodeHeaders } from './lazy-headers.ts';
import { completeWith } from './web-form.ts';

/** What is known of a request before a `Request` of the web is made of it. */
export interface RequestHead {
  readonly method: string;
  readonly url: string;
  readonly headers: NodeHeaders;
}

/**
 * A request as the web has it, for code that mostly asks for headers: of what it is asked beyond its head, `whole` knows, and
 * making that costs as much as reading a row. It is a `Request` in all but one thing: `fetch` takes its `clone()`.
 */
export class LazyRequest {
  readonly method: string;
  readonly url: string;
  readonly #given: NodeHeaders;
  readonly #whole: () => Request;
  #headers: LazyHeaders | undefined;

  constructor({ method, url, headers }: RequestHead, whole: () => Request) {
    this.method = method;
    this.url = url;
    this.#given = headers;
    this.#whole = whole;
  }

  get headers(): Headers {
    this.#headers ??= new LazyHeaders(this.#given);
    return this.#headers as unknown as Headers;
  }

  static whole(request: LazyRequest): Request {
    return request.#whole();
  }
}

completeWith(LazyRequest, Request, (request) => LazyRequest.whole(request));
