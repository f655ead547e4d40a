import { spawn } from 'node:child_process';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { BackupHook } from '../../project/project.ts';
import type { Surroundings } from '../command-context.ts';

/** What a backup is made of. */
export interface BackupOf {
  readonly service: string;
  readonly directory: string;
  readonly surroundings: Surroundings;
}

/**
 * Makes the backup that the project file names, from the project's directory. A text goes to the shell, a list runs as it
 * is; both find the service's name in `ROWHOUSE_SERVICE`, and what they print goes to stderr.
 */
export async function backUp(hook: BackupHook, of: BackupOf): Promise<void> {
  if (typeof hook === 'function') {
    await hook({ service: of.service, signal: of.surroundings.signal });
    return;
  }
  const [program = '', ...words] = typeof hook === 'string' ? [hook] : hook;
  const ended = await runProgram(program, words, typeof hook === 'string', of);
  if (ended === 0) return;
  throw new RowhouseError('BACKUP_FAILED', `the backup of ${of.service} failed with ${ended}`, {
    details: { service: of.service, ended },
    hint: 'nothing was changed; what it printed stands above',
  });
}

/** Gives the exit code, or the words for another end. */
async function runProgram(
  program: string,
  words: readonly string[],
  shell: boolean,
  { service, directory, surroundings }: BackupOf,
): Promise<number | string> {
  const child = spawn(program, words, {
    cwd: directory,
    env: { ...surroundings.environment, ROWHOUSE_SERVICE: service },
    stdio: ['ignore', 2, 2],
    shell,
    signal: surroundings.signal,
  });
  return await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code ?? `signal ${signal}`));
  });
}
