import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Target } from './target.ts';

/** The error for a server that has no TLS although the mode insists on it. */
export function tlsRefused(target: Target, cause: unknown): RowhouseError {
  return new RowhouseError(
    'TLS_FAILED',
    `the server at ${placeOf(target)} offers no tls, and the mode ${target.tls.mode} needs it`,
    {
      details: detailsOf(target),
      hint: 'switch tls on at the server, or use sslmode=disable where the line is safe by other means',
      cause,
    },
  );
}

/** The error for a TLS handshake that failed; undefined when `error` is about something else. */
export function tlsFailure(target: Target, error: unknown): RowhouseError | undefined {
  if (!(error instanceof Error)) return undefined;
  const reason = reasons.find(({ pattern }) => pattern.test(`${codeOf(error)} ${error.message}`));
  if (reason === undefined) return undefined;
  return new RowhouseError('TLS_FAILED', `tls to the server at ${placeOf(target)} failed: ${reason.says}`, {
    details: { ...detailsOf(target), reason: reason.says },
    hint: reason.hint,
    cause: error,
  });
}

interface Reason {
  readonly pattern: RegExp;
  readonly says: string;
  readonly hint: string;
}

const trustHint = 'name the file of the authority that signed it (sslrootcert), or use a certificate of a known one';

/** By code where Node keeps it, by message where a client library replaces the code with its own. */
const reasons: readonly Reason[] = [
  {
    pattern: /ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames/,
    says: 'the certificate is for another host',
    hint: 'connect by a name that the certificate lists, or use sslmode=verify-ca when the name cannot match',
  },
  {
    pattern: /DEPTH_ZERO_SELF_SIGNED_CERT|self-signed certificate$/,
    says: 'the certificate is self-signed and not trusted',
    hint: trustHint,
  },
  {
    pattern:
      /SELF_SIGNED_CERT_IN_CHAIN|in certificate chain|UNABLE_TO_|unable to verify the first certificate|unable to get (local )?issuer certificate/,
    says: 'no trusted authority signed the certificate',
    hint: trustHint,
  },
  {
    pattern: /CERT_SIGNATURE_FAILURE|certificate signature failure/,
    says: 'no trusted authority signed the certificate',
    hint: trustHint,
  },
  {
    pattern: /CERT_HAS_EXPIRED|certificate has expired/,
    says: 'the certificate has expired',
    hint: 'renew the certificate of the server',
  },
  {
    pattern: /CERT_NOT_YET_VALID|certificate is not yet valid/,
    says: 'the certificate is not valid yet',
    hint: 'compare the clocks of this machine and the server',
  },
  {
    pattern: /ERR_SSL_|ERR_OSSL_|EPROTO|HANDSHAKE_SSL_ERROR|TLS connection was established|SSL connection/,
    says: 'the handshake broke off',
    hint: 'compare the tls versions that both sides accept, and the client certificate if there is one',
  },
];

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function placeOf({ host = 'localhost', port }: Target): string {
  return port === undefined ? host : `${host}:${port}`;
}

function detailsOf(target: Target): Readonly<Record<string, unknown>> {
  return { host: target.host, port: target.port, mode: target.tls.mode };
}
