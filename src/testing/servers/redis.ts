import { isFree } from '../server/free-port.ts';
import { greeting } from '../server/greeting.ts';
import type { ServerKind, ServerPlace } from '../server/server-kind.ts';

export const redis: ServerKind = {
  engine: 'redis',
  program: 'redis-server',
  versionPattern: /v=(\d+\.\d+\.\d+)/,
  places: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'],
  user: 'default',
  defaultDatabase: '0',
  stopSignal: 'SIGTERM',
  settingArguments,
  startArguments,
  isReady: async ({ port, tls }) => (tls === undefined ? await answers(port) : !(await isFree(port))),
  container: {
    image: 'redis',
    version: '8',
    port: 6379,
    environment: () => ({}),
    startArguments: (password) => ['redis-server', '--requirepass', password, '--appendonly', 'yes'],
    answers,
  },
};

function startArguments(place: ServerPlace): readonly string[] {
  const settings = {
    dir: place.dataDirectory,
    bind: '127.0.0.1',
    port: place.port,
    requirepass: place.password,
    // Each write reaches the system before it is answered, so a killed process loses nothing; it never waits for the disk.
    appendonly: 'yes',
    appendfsync: 'no',
    save: '',
    ...tlsSettings(place),
  };
  return settingArguments(settings);
}

function settingArguments(settings: ServerPlace['settings']): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

function tlsSettings({ tls, port }: ServerPlace): Readonly<Record<string, string | number>> {
  if (tls === undefined) return {};
  const files = { 'tls-cert-file': tls.certificate, 'tls-key-file': tls.key, 'tls-ca-cert-file': tls.ca };
  return { port: 0, 'tls-port': port, 'tls-auth-clients': 'no', ...files };
}

async function answers(port: number): Promise<boolean> {
  const answer = await greeting(port, 'PING\r\n');
  return answer !== undefined && !answer.toString('latin1').startsWith('-LOADING');
}
