import { spawn } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';

/**
 * Runs a script with the engine's own client, as it stands. The `sqlite3` of a system may be older than the script asks
 * for, so the library of Node runs it, without the lines that are for the client.
 */
export async function runScript(url: string, script: string): Promise<void> {
  const { protocol, pathname } = new URL(url);
  if (!protocol.startsWith('sqlite')) return await runInClient(url, script);
  const database = new DatabaseSync(pathname);
  try {
    database.exec(script.replaceAll(/^\..*$/gm, ''));
  } finally {
    database.close();
  }
}

/** Runs a script with the engine's own client, whatever its version. */
export async function runInClient(url: string, script: string): Promise<void> {
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(url);
  if (protocol.startsWith('sqlite')) {
    await runClient('sqlite3', [pathname], script, {});
    return;
  }
  const socket = searchParams.get('host') ?? decodeURIComponent(hostname);
  const database = pathname.slice(1);
  const secret = decodeURIComponent(password);
  if (protocol.startsWith('postgres')) {
    const args = ['-X', '-q', '-h', socket, '-p', port, '-U', username, '-d', database];
    await runClient('psql', args, script, { PGPASSWORD: secret });
    return;
  }
  const args = ['--no-defaults', '--default-character-set=utf8mb4', '-h', socket, '-P', port, '-u', username, database];
  await runClient('mariadb', [...args, '--skip-ssl'], script, { MYSQL_PWD: secret });
}

async function runClient(
  program: string,
  args: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...environment }, stdio: 'pipe' });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  child.stdin.end(input);
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`);
}
