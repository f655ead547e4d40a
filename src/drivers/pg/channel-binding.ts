import { invalidParameter } from '../../driver/parameters.ts';
import type { Line } from '../../driver/tls.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { PgClient } from './library.ts';

/**
 * Watches the login for `channel_binding=require`: the returned check throws when the server let us in without proving
 * that it is the one at the other end of the TLS line. The library can bind but cannot insist.
 */
export function watchChannelBinding(
  client: PgClient,
  parameters: Readonly<Record<string, string>>,
  line: Line,
): () => void {
  const wanted = parameters['channel_binding'] ?? 'prefer';
  if (wanted !== 'disable' && wanted !== 'prefer' && wanted !== 'require') {
    throw invalidParameter('channel_binding', 'disable, prefer or require');
  }
  let bound = false;
  client.connection.on('authenticationSASL', ({ mechanisms }) => {
    bound = line.tls && mechanisms.includes('SCRAM-SHA-256-PLUS');
  });
  return () => {
    if (wanted !== 'require' || bound) return;
    client.connection.stream.destroy();
    throw new RowhouseError('AUTHENTICATION_FAILED', 'the server logged us in without channel binding', {
      hint: 'channel_binding=require needs tls and a scram-sha-256 password on the server',
    });
  };
}
