import type { Target, TlsPolicy } from '../../src/driver/target.ts';

/** The target of a test server's URL. Test servers speak TLS only where a test says so. */
export function targetOf(url: string, tls: TlsPolicy = { mode: 'disable' }): Target {
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  const path = decodeURIComponent(pathname);
  const shared = { tls, connectTimeoutMs: 10_000 };
  // In a file's URL the path follows a slash of its own: `sqlite:////tmp/a.db`, or three slashes and the path.
  if (protocol.startsWith('sqlite')) return { ...shared, database: path.replace(/^\/{2,}/, '/') };
  return {
    ...shared,
    host: hostname,
    port: Number(port),
    database: path.slice(1),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}
