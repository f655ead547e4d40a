/** What is read of a request's headers. Names in lower case. */
export type HeaderReader = Pick<Headers, 'get'>;

/**
 * A request as its server has it. Making a `Request` of it costs as much as reading a row, so what the API itself
 * needs is read from here, and the form of the web is made when the code of a user asks for it.
 */
export interface Incoming {
  readonly method: string;
  /** As `pathname` of a URL. */
  readonly path: string;
  /** As `search` of a URL: `?limit=20`, or nothing. */
  readonly search: string;
  readonly headers: HeaderReader;
  /** As the web has it. */
  readonly request: Request;
  /** The same for code that mostly asks for headers: body and signal are made when they are asked for. */
  readonly lightRequest: Request;
  /** Fires when the client has gone before its response. */
  readonly signal: AbortSignal;
  /** The body as it came; nothing when there is none. Longer than `limitBytes` it is `BODY_TOO_LARGE`. */
  bytes(limitBytes: number): Promise<Uint8Array>;
}
