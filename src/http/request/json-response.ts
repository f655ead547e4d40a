import type { Reply } from '../reply.ts';

/** A JSON response that no cache keeps. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return textReply(status, JSON.stringify(body), headers);
}

/** The same for values as repositories give them: a bigint is written as resources write it, as text. */
export function plainJson(status: number, body: unknown): Reply {
  const write = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
  return textReply(status, JSON.stringify(body, write), {});
}

function textReply(status: number, body: string, headers: Readonly<Record<string, string>>): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body,
  };
}
