import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { HeaderReader } from './incoming.ts';

/** The media types of a body unless a route takes others. */
const jsonTypes: ReadonlySet<string> = new Set(['application/json']);

/** A body as JSON of one of `types`; undefined when there is none. */
export function parseJson(
  bytes: Uint8Array,
  request: { readonly headers: HeaderReader },
  types: ReadonlySet<string> = jsonTypes,
): unknown {
  if (bytes.length === 0) return undefined;
  refuseCoding(request);
  if (!types.has(mediaType(request)))
    throw new RowhouseError('MEDIA_TYPE_UNSUPPORTED', `the body must be ${[...types].join(' or ')}`);
  return parse(bytes);
}

/** Bodies are read as they came. What would be taken is said as RFC 9110 has it. */
function refuseCoding({ headers }: { readonly headers: HeaderReader }): void {
  const coding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return;
  throw new RowhouseError(
    'MEDIA_TYPE_UNSUPPORTED',
    'the body must not be compressed: send it without Content-Encoding',
    {
      details: { acceptEncoding: 'identity' },
    },
  );
}

/** The media type of a request's body without its parameters, in lower case. */
export function mediaType({ headers }: { readonly headers: HeaderReader }): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (error) {
    // The parser's own message quotes the body.
    if (error instanceof SyntaxError || error instanceof TypeError)
      throw new RowhouseError('REQUEST_INVALID', 'the body is not JSON in UTF-8');
    throw error;
  }
}
