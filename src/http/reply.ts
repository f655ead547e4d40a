/** A response before it is written: what the routes of resources give. */
export interface Reply {
  readonly status: number;
  /** Names in lower case. Whoever passes the reply on may add some. */
  readonly headers: Record<string, string>;
  readonly body?: string | undefined;
}

/** What a route gives: the routes of one's own may give any response of the web. */
export type Answer = Reply | Response;

/** Success without a body. */
export function noContent(): Reply {
  return { status: 204, headers: {} };
}

/** Adds a header, or replaces it. */
export function setHeader(answer: Answer, name: string, value: string): void {
  if (answer instanceof Response) answer.headers.set(name, value);
  else answer.headers[name] = value;
}

/** The answer to a HEAD request. */
export function withoutBody(answer: Answer): Answer {
  return answer instanceof Response ? new Response(null, answer) : { ...answer, body: undefined };
}

/** The answer as the web has it. */
export function toResponse(answer: Answer): Response {
  if (answer instanceof Response) return answer;
  const { status, headers, body } = answer;
  return new Response(body ?? null, { status, headers });
}
