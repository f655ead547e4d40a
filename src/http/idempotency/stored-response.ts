/** A response as the table keeps it. */
export interface StoredResponse {
  readonly status: number;
  readonly headers: string;
  readonly body: string | null;
}

export async function storeResponse(response: Response): Promise<StoredResponse> {
  const { status, headers } = response;
  const body = response.body === null ? null : await response.clone().text();
  return { status, headers: JSON.stringify([...headers]), body };
}

/** The response once more, marked as one that was given before. */
export function replayResponse({ status, headers, body }: StoredResponse): Response {
  const response = new Response(body, { status, headers: JSON.parse(headers) as [string, string][] });
  response.headers.set('idempotency-replayed', 'true');
  return response;
}
