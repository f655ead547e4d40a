import type { Answer } from '../reply.ts';

/** A response as the table keeps it. */
export interface StoredResponse {
  readonly status: number;
  readonly headers: string;
  readonly body: string | null;
}

export async function storeResponse(answer: Answer): Promise<StoredResponse> {
  const { status, headers } = answer;
  if (!(answer instanceof Response))
    return { status, headers: JSON.stringify(Object.entries(headers)), body: answer.body ?? null };
  const body = answer.body === null ? null : await answer.clone().text();
  return { status, headers: JSON.stringify([...answer.headers]), body };
}

/** The response once more, marked as one that was given before. */
export function replayResponse({ status, headers, body }: StoredResponse): Response {
  const response = new Response(body, { status, headers: JSON.parse(headers) as [string, string][] });
  response.headers.set('idempotency-replayed', 'true');
  return response;
}
