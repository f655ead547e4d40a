import type { TlsMode, TlsPolicy } from '../driver/target.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { ConnectionParts } from './connection-parts.ts';
import { byDefault, describeSource, type Given } from './given.ts';
import { tlsMode, verifiesServer } from './tls-mode.ts';

/** The TLS policy of a line. What cannot be kept is refused; nothing is weakened in silence. */
export function resolveTls(parts: ConnectionParts, usual: Given<TlsMode> | undefined): Given<TlsPolicy> {
  const engine = parts.engine.value;
  const said = saidMode(parts);
  if (engine.inFile) return { value: { mode: 'disable' }, source: byDefault };
  if (parts.host?.value.startsWith('/')) return overSocket(said, parts.host);
  const mode = said ?? usual ?? { value: engine.defaultTls, source: byDefault };
  const policy = { mode: mode.value, ...files(parts) };
  refuseUnused(policy, mode, parts);
  return { value: policy, source: mode.source };
}

function saidMode({ parameters: { sslmode } }: ConnectionParts): Given<TlsMode> | undefined {
  const value = sslmode && tlsMode.parse(sslmode.value);
  return sslmode && value && { value, source: sslmode.source };
}

/** A Unix socket has no TLS and needs none: who can open it is decided by the file system. */
function overSocket(said: Given<TlsMode> | undefined, host: Given<string>): Given<TlsPolicy> {
  if (said && (said.value === 'require' || verifiesServer(said.value))) {
    throw new RowhouseError('CONFIG_CONFLICT', `sslmode ${said.value} cannot be kept over a Unix socket`, {
      details: { sources: [describeSource(said.source), describeSource(host.source)] },
      hint: 'leave sslmode out, or give a host name',
    });
  }
  return { value: { mode: 'disable' }, source: host.source };
}

function files({ parameters: { sslrootcert, sslcert, sslkey } }: ConnectionParts): Omit<TlsPolicy, 'mode'> {
  return {
    ...(sslrootcert && { ca: sslrootcert.value }),
    ...(sslcert && { certificate: sslcert.value }),
    ...(sslkey && { key: sslkey.value }),
  };
}

function refuseUnused(policy: TlsPolicy, mode: Given<TlsMode>, { parameters }: ConnectionParts): void {
  if (policy.ca !== undefined && !verifiesServer(policy.mode)) {
    throw new RowhouseError('CONFIG_CONFLICT', `sslrootcert is given, but sslmode ${policy.mode} does not use it`, {
      details: { sources: [parameters['sslrootcert']?.source ?? byDefault, mode.source].map(describeSource) },
      hint: 'say sslmode=verify-full, or verify-ca when the certificate does not name the host',
    });
  }
  if ((policy.certificate === undefined) !== (policy.key === undefined)) {
    throw new RowhouseError('CONFIG_INVALID', 'sslcert and sslkey need each other', {
      details: { given: policy.key === undefined ? 'sslcert' : 'sslkey' },
    });
  }
}
