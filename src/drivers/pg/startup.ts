import type { Target } from '../../driver/target.ts';

/** Parameters that go to the server as they are. */
const serverParameters = [
  'options',
  'search_path',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
] as const;

/**
 * Every connection parameter that the driver knows. `prepared_statements=off` is for poolers that hand each statement
 * to another session, `pipeline=off` for those that cannot take several statements in one flight.
 */
export const pgParameters: readonly string[] = [
  ...serverParameters,
  'channel_binding',
  'prepared_statements',
  'pipeline',
];

/**
 * What the first message says. The session's settings are in it and not in a SET afterwards: a pooler then knows them,
 * `RESET ALL` comes back to them, and they cost no round trip. The library adds `client_encoding` UTF8.
 */
export function startupPacket(
  target: Target,
  parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const packet: Record<string, string> = {
    ...(target.user === undefined ? {} : { user: target.user }),
    database: target.database,
    application_name: target.applicationName ?? 'rowhouse',
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    IntervalStyle: 'iso_8601',
  };
  for (const name of serverParameters) {
    const value = parameters[name];
    if (value !== undefined) packet[name] = value;
  }
  return packet;
}
