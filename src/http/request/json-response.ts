/** A JSON response that no cache keeps. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return textResponse(status, JSON.stringify(body), headers);
}

/** The same for values as repositories give them: a bigint is written as resources write it, as text. */
export function plainJson(status: number, body: unknown): Response {
  const write = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
  return textResponse(status, JSON.stringify(body, write), {});
}

function textResponse(status: number, text: string, headers: Readonly<Record<string, string>>): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  });
}
