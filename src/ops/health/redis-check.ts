import type { Socket } from 'node:net';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { HealthCheck } from './health-registry.ts';

/**
 * A Redis, Valkey or compatible server answers PING. The URL is `redis://user:password@host:6379`, with `rediss:` for TLS.
 * Speaks the few words of its protocol itself, so that no client library is needed for a check.
 */
export function redisCheck(url: string): HealthCheck {
  const server = parse(url);
  return async (signal) => {
    const socket = await open(server);
    const abort = (): void => void socket.destroy(new Error('no answer in time'));
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    try {
      await converse(socket, server);
    } catch (cause) {
      if (cause instanceof RowhouseError) throw cause;
      throw new RowhouseError('CONNECTION_FAILED', `cannot reach ${server.host}:${server.port}`, { cause });
    } finally {
      signal.removeEventListener('abort', abort);
      socket.destroy();
    }
  };
}

interface RedisServer {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly credentials: readonly string[];
}

function parse(url: string): RedisServer {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['redis:', 'rediss:'].includes(parsed.protocol)) {
    throw new RowhouseError('CONFIG_INVALID', 'the url of the cache is not a redis url', {
      hint: 'write redis://user:password@host:6379, or rediss:// for TLS',
    });
  }
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, '') || 'localhost',
    port: Number(parsed.port || 6379),
    tls: parsed.protocol === 'rediss:',
    credentials: [parsed.username, parsed.password].filter(Boolean).map(decodeURIComponent),
  };
}

/** Sockets and TLS are loaded when they are needed: TLS is an eighth of what the whole package may cost to import. */
async function open({ host, port, tls }: RedisServer): Promise<Socket> {
  if (!tls) return (await import('node:net')).connect({ host, port });
  return (await import('node:tls')).connect({ host, port, servername: host });
}

async function converse(socket: Socket, { host, port, credentials }: RedisServer): Promise<void> {
  const replies = readLines(socket);
  if (credentials.length > 0) {
    socket.write(command(['AUTH', ...credentials]));
    const reply = await nextLine(replies);
    if (!reply.startsWith('+')) {
      throw new RowhouseError('AUTHENTICATION_FAILED', `the cache at ${host}:${port} refused the credentials`);
    }
  }
  socket.write(command(['PING']));
  const reply = await nextLine(replies);
  if (reply === '+PONG') return;
  throw reply.startsWith('-NOAUTH')
    ? new RowhouseError('AUTHENTICATION_FAILED', `the cache at ${host}:${port} asks for a password`)
    : new RowhouseError('UNHEALTHY', `the cache at ${host}:${port} did not answer PING`, {
        details: { reply: reply.slice(0, 100) },
      });
}

function command(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

async function* readLines(socket: Socket): AsyncGenerator<string, void, undefined> {
  let text = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket) {
    text += String(chunk);
    for (let end = text.indexOf('\r\n'); end !== -1; end = text.indexOf('\r\n')) {
      yield text.slice(0, end);
      text = text.slice(end + 2);
    }
  }
}

async function nextLine(lines: AsyncGenerator<string, void, undefined>): Promise<string> {
  const { value } = await lines.next();
  if (typeof value === 'string') return value;
  throw new Error('the server closed the connection');
}
