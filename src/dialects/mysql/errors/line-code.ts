import type { ErrorCode } from '../../../errors/codes.ts';

/** Our code for an error of the socket or of the client library, by its `code`; undefined when it is another kind. */
export function lineCode(code: string, during: 'connect' | 'statement' | 'commit'): ErrorCode | undefined {
  if (tlsCode.test(code)) return 'TLS_FAILED';
  if (!lineCodes.has(code)) return undefined;
  return during === 'connect' ? 'CONNECTION_FAILED' : 'CONNECTION_LOST';
}

const lineCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EACCES',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_UNEXPECTED_PACKET',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
]);

const tlsCode =
  /^(?:HANDSHAKE_(?:SSL_ERROR|NO_SSL_SUPPORT)|ERR_(?:TLS|SSL)_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;
