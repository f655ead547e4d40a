import { spawn } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';

/** Runs a script with the engine's own client, which stops at the first error. */
export async function runScript(url: string, script: string): Promise<void> {
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(url);
  if (protocol.startsWith('sqlite')) {
    const database = new DatabaseSync(pathname);
    try {
      database.exec(script);
    } finally {
      database.close();
    }
    return;
  }
  const socket = searchParams.get('host') ?? decodeURIComponent(hostname);
  const database = pathname.slice(1);
  const secret = decodeURIComponent(password);
  if (protocol.startsWith('postgres')) {
    const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-h', socket, '-p', port, '-U', username, '-d', database];
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
