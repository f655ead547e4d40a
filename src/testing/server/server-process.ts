import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { ServerKind, ServerPlace } from './server-kind.ts';
import { serverEnvironment, serverUser } from './server-user.ts';
import { until } from './until.ts';

/** A running server program. */
export interface ServerProcess {
  readonly pid: number;
  readonly running: boolean;
  /** Sends the signal and waits for the end; after `patienceMs` it is killed. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** 30 s: a clean stop writes all dirty pages, on a loaded machine. */
const patienceMs = 30_000;

/** Runs the server and waits until it answers. */
export async function runServer(kind: ServerKind, place: ServerPlace, timeoutMs: number): Promise<ServerProcess> {
  const child = spawnServer(kind, place);
  const server = serverProcess(child);
  await until(async () => !server.running || (await kind.isReady(place, server.pid)), { withinMs: timeoutMs });
  if (server.running && (await kind.isReady(place, server.pid))) return server;
  const ended = server.running ? `did not answer within ${timeoutMs} ms` : 'ended at once';
  await server.end('SIGKILL');
  const log = await lastLines(place.logFile);
  throw new RowhouseError('SERVER_UNAVAILABLE', `the private ${kind.engine} server ${ended}: ${log.at(-1) ?? ''}`, {
    details: { log: log.join('\n') },
    hint: 'the end of its log is in details.log',
  });
}

function spawnServer(kind: ServerKind, place: ServerPlace): ChildProcess {
  const log = openSync(place.logFile, 'a');
  try {
    return spawn(
      join(place.installation.programs, kind.program),
      [...kind.startArguments(place), ...kind.settingArguments(place.settings)],
      {
        cwd: place.directory,
        env: serverEnvironment(place.directory),
        stdio: ['ignore', log, log],
        detached: true, // a Ctrl-C in the terminal must not stop it before the tests have closed their connections
        ...serverUser(),
      },
    );
  } finally {
    closeSync(log);
  }
}

function serverProcess(child: ChildProcess): ServerProcess {
  child.unref();
  let running = child.pid !== undefined;
  const ended = new Promise<void>((resolve) => {
    const finish = (): void => {
      running = false;
      resolve();
    };
    child.once('exit', finish);
    child.once('error', finish);
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    get running() {
      return running;
    },
    async end(signal) {
      if (!running) return;
      const workers = signal === 'SIGKILL' ? await childrenOf(pid) : [];
      child.ref();
      for (const target of [pid, ...workers]) send(target, signal);
      const timer = setTimeout(() => send(pid, 'SIGKILL'), patienceMs);
      await ended;
      clearTimeout(timer);
      await until(async () => await haveEnded(workers), { withinMs: 5_000, everyMs: 5 });
    },
  };
}

/**
 * The worker processes of a server that has them: they leave its process group, and would outlive a kill for a moment. The
 * server is stopped first, so that it starts no more of them.
 */
async function childrenOf(pid: number): Promise<readonly number[]> {
  send(pid, 'SIGSTOP');
  await until(async () => !/\) [RSD] /.test(await statOf(pid)), { withinMs: 1_000, everyMs: 1 });
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return list.split(' ').filter(Boolean).map(Number);
}

/** A process that has ended stays in the list as `Z` until its new parent looks at it, which may take seconds. */
async function haveEnded(pids: readonly number[]): Promise<boolean> {
  const stats = await Promise.all(pids.map(statOf));
  return stats.every((stat) => stat === '' || stat.includes(') Z '));
}

/** What the system says of a process; nothing of one that is gone. */
async function statOf(pid: number): Promise<string> {
  return await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it has ended already, which is what we want
  }
}

async function lastLines(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-5);
}
