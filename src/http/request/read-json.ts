import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** The media types of a body unless a route takes others. */
const jsonTypes: ReadonlySet<string> = new Set(['application/json']);

/** The request's body as it came; nothing when there is none. At most `limitBytes` are read. */
export async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array();
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge(limitBytes);
  return await readStream(request.body, limitBytes);
}

/** A body as JSON of one of `types`; undefined when there is none. */
export function parseJson(bytes: Uint8Array, request: Request, types: ReadonlySet<string> = jsonTypes): unknown {
  if (bytes.length === 0) return undefined;
  if (!types.has(mediaType(request)))
    throw new RowhouseError('MEDIA_TYPE_UNSUPPORTED', `the body must be ${[...types].join(' or ')}`);
  return parse(bytes);
}

/** The media type of a request's body without its parameters, in lower case. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

async function readStream(body: ReadableStream<Uint8Array>, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    // The parser's own message quotes the body.
    if (error instanceof SyntaxError || error instanceof TypeError)
      throw new RowhouseError('REQUEST_INVALID', 'the body is not JSON in UTF-8');
    throw error;
  }
}

function tooLarge(limitBytes: number): RowhouseError {
  return new RowhouseError('BODY_TOO_LARGE', `the body is larger than ${limitBytes} bytes`, {
    details: { limitBytes },
  });
}
