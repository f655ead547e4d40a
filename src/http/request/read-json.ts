import { RowhouseError } from '../../errors/rowhouse-error.ts';

const jsonTypes: ReadonlySet<string> = new Set(['application/json', 'application/merge-patch+json']);

/** The request's body as JSON; undefined when there is none. At most `limitBytes` are read. */
export async function readJson(request: Request, limitBytes: number): Promise<unknown> {
  if (request.body === null) return undefined;
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const bytes = await readBytes(request.body, limitBytes);
  if (bytes.length === 0) return undefined;
  const type = mediaType(request);
  if (!jsonTypes.has(type))
    throw new RowhouseError('MEDIA_TYPE_UNSUPPORTED', `the body must be ${[...jsonTypes].join(' or ')}`);
  return parse(bytes);
}

/** The media type of a request's body without its parameters, in lower case. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

async function readBytes(body: ReadableStream<Uint8Array>, limitBytes: number): Promise<Uint8Array> {
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
