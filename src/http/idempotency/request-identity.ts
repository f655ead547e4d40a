import { createHash } from 'node:crypto';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { HeaderReader, Incoming } from '../request/incoming.ts';

/** Which request this is, and what it asks for. */
export interface RequestIdentity {
  /** Of principal, tenant, route and key: nobody meets the keys of others. */
  readonly id: string;
  /** Of address, media type and body: the same key with another payload is found out. */
  readonly fingerprint: string;
}

export interface IdentityParts {
  readonly key: string;
  readonly principal: string;
  readonly tenant: string;
  /** `POST /users/{id}`. */
  readonly route: string;
  readonly request: Pick<Incoming, 'path' | 'search' | 'headers'>;
  readonly body: Uint8Array;
}

export function requestIdentity({ key, principal, tenant, route, request, body }: IdentityParts): RequestIdentity {
  const { path, search } = request;
  const type = request.headers.get('content-type') ?? '';
  return {
    id: hash(JSON.stringify([principal, tenant, route, key])),
    fingerprint: createHash('sha256')
      .update(JSON.stringify([path, search, type]))
      .update(body)
      .digest('hex'),
  };
}

/** The key of a request: a string in quotes, as structured fields have it, or bare. */
export function readIdempotencyKey(headers: HeaderReader): string | undefined {
  const text = headers.get('idempotency-key')?.trim();
  if (text === undefined) return undefined;
  const key = /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : text;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new RowhouseError('REQUEST_INVALID', 'an Idempotency-Key has 1 to 255 characters of ASCII without spaces');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
