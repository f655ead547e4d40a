import type { Readable } from 'node:stream';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { HeaderReader } from './incoming.ts';

const nothing = new Uint8Array();

/** Refuses a body that says itself that it is longer. */
export function refuseLength(headers: HeaderReader, limitBytes: number): void {
  if (Number(headers.get('content-length') ?? 0) > limitBytes) throw tooLarge(limitBytes);
}

/** The bytes of a body as the web has it, at most `limitBytes`. */
export async function readStream(body: ReadableStream<Uint8Array> | null, limitBytes: number): Promise<Uint8Array> {
  if (body === null) return nothing;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return joined(chunks);
}

/** The bytes of a body as Node has it, at most `limitBytes`. What is left of a longer one stays unread. */
export function readPayload(payload: Readable, limitBytes: number): Promise<Uint8Array> {
  if (payload.readableEnded) return Promise.resolve(nothing); // somebody has read it before
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const onData = (chunk: Uint8Array): void => {
    length += chunk.length;
    if (length <= limitBytes) chunks.push(chunk);
    else {
      payload.off('data', onData).pause();
      reject(tooLarge(limitBytes));
    }
  };
  const onGone = (cause?: Error): void => {
    if (payload.readableEnded) return;
    reject(new RowhouseError('CANCELLED', 'the client left before the end of its body', { cause }));
  };
  payload
    .on('end', () => resolve(joined(chunks)))
    .on('error', onGone)
    .on('close', onGone)
    .on('data', onData);
  return promise;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only = nothing] = chunks;
  return chunks.length < 2 ? only : Buffer.concat(chunks);
}

function tooLarge(limitBytes: number): RowhouseError {
  return new RowhouseError('BODY_TOO_LARGE', `the body is larger than ${limitBytes} bytes`, {
    details: { limitBytes },
  });
}
