import type { Target } from './target.ts';

/** What a driver throws when the server did not answer in time: `code` is `ETIMEDOUT`, whatever the library says. */
export function connectTimedOut(target: Target, cause: unknown): Error {
  const message = `no answer from the server within ${target.connectTimeoutMs} ms`;
  return Object.assign(new Error(message, { cause }), { code: 'ETIMEDOUT', syscall: 'connect' });
}
