import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Sample = 'chinook' | 'sakila';

/** Loads a sample database with the engine's own client, as its users do. */
export async function loadSample(sample: Sample, url: string): Promise<void> {
  const { protocol } = new URL(url);
  const script = scriptOf(sample, protocol);
  const { command, args, environment } = clientOf(url);
  await feed(command, args, environment, script);
}

/** The files make their own database; here it is there already. */
function scriptOf(sample: Sample, protocol: string): string {
  const files = sampleFiles(sample, protocol);
  const text = files.map((file) => readFileSync(dataFile(sample, file), 'utf8')).join('\n');
  return text
    .replaceAll(/\bsakila\./g, '')
    .replaceAll(/^(?:drop database|create database|use |create schema|drop schema|\\c ).*$/gim, '');
}

function sampleFiles(sample: Sample, protocol: string): readonly string[] {
  if (protocol.startsWith('postgres'))
    return sample === 'chinook' ? ['postgres.sql'] : ['postgres-schema.sql', 'postgres-data.sql'];
  if (protocol.startsWith('sqlite')) return sample === 'chinook' ? ['sqlite.sql'] : ['sqlite-schema.sql'];
  return sample === 'chinook' ? ['mysql.sql'] : ['mysql-schema.sql'];
}

function dataFile(sample: Sample, file: string): string {
  return fileURLToPath(new URL(`../../../../shared/data/${sample}/${file}`, import.meta.url));
}

interface Client {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

function clientOf(text: string): Client {
  const url = new URL(text);
  const database = decodeURIComponent(url.pathname);
  if (url.protocol.startsWith('sqlite')) {
    return { command: 'sqlite3', args: ['-bail', database], environment: {} };
  }
  if (url.protocol.startsWith('postgres')) {
    return { command: 'psql', args: ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', text], environment: {} };
  }
  return {
    command: 'mysql',
    args: [
      '-h',
      url.hostname,
      '-P',
      url.port,
      '-u',
      decodeURIComponent(url.username),
      '--default-character-set=utf8mb4',
      database.slice(1),
    ],
    environment: { MYSQL_PWD: decodeURIComponent(url.password) },
  };
}

/** SQLite's script has no transaction of its own: without one each of its rows would be synced to disk. */
async function feed(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  script: string,
): Promise<void> {
  const text = command === 'sqlite3' ? `begin;\n${script}\ncommit;\n` : script;
  const client = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  client.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
  client.stdin.on('error', () => undefined); // a client that gave up early says why on stderr
  client.stdin.end(text);
  const code = await new Promise<number | null>((resolve, reject) => client.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${command} could not load the sample: ${complaint.slice(0, 2000)}`);
}
